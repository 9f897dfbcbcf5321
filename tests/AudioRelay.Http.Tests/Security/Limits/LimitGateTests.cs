using System.Net;
using AudioRelay.Http.Tests.Support;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Http.Tests.Security.Limits;

/// <summary>Dear requests are counted per token (S15).</summary>
public sealed class LimitGateTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Exports_are_counted_per_token_and_come_back_with_time()
    {
        await using var server = await GuardedServer.Start(time: _time);
        using var greedy = server.Client(GuardedServer.Listener);
        using var other = server.Client(GuardedServer.Everything);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await Export(greedy));
        }

        using var refused = await greedy.GetAsync(Path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("3", Assert.Single(refused.Headers.GetValues("Retry-After")));
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.OK, await Export(other));

        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(HttpStatusCode.OK, await Export(greedy));
    }

    private const string Path = "/api/show/news/export?from_ms=1768478400000&to_ms=1768478403000";

    private static async Task<HttpStatusCode> Export(HttpClient client)
    {
        using var answer = await client.GetAsync(Path, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
