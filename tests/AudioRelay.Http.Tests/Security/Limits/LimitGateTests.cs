using System.Net;
using AudioRelay.Http.Shows;
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
        for (var i = 0; i < 60; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await Export(greedy));
        }

        await AssertRefused(greedy, Path, "1", "Too many exports");
        Assert.Equal(HttpStatusCode.OK, await Export(other));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, await Export(greedy));
    }

    [Fact]
    public async Task Four_exports_run_at_once_whoever_asks_and_the_next_is_told_when_to_come_back()
    {
        HeldReader? held = null;
        await using var server = await GuardedServer.Start(time: _time, wrap: reader => held ??= new HeldReader(reader));
        using var one = server.Client(GuardedServer.Listener);
        using var other = server.Client(GuardedServer.Everything);
        var running = new[] { one, one, other, other }.Select(Export).ToArray();
        for (var i = 0; i < running.Length; i++)
        {
            await held!.Asked().Guarded("an export to begin");
        }

        foreach (var client in new[] { one, other })
        {
            await AssertRefused(client, Path, "10", "4 exports are running");
        }

        held!.LetGo();
        Assert.All(await Task.WhenAll(running), status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(HttpStatusCode.OK, await Export(one));
    }

    [Theory]
    [InlineData("/api/titles?q=x")]
    [InlineData("/api/show/news/titles?q=x")]
    public async Task Searches_are_counted_per_token_over_all_shows_and_come_back_with_time(string last)
    {
        await using var server = await GuardedServer.Start(ShowModes.Receiver, time: _time);
        using var greedy = server.Client(GuardedServer.Listener);
        using var other = server.Client(GuardedServer.Everything);
        for (var i = 0; i < 60; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await Status(greedy, i % 2 == 0 ? "/api/titles?q=x" : "/api/show/news/titles?q=x"));
        }

        await AssertRefused(greedy, last, "1", "Too many searches");
        Assert.Equal(HttpStatusCode.OK, await Status(other, last));
        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(HttpStatusCode.OK, await Status(greedy, last));
    }

    private const string Path = "/api/show/news/export?from_ms=1768478400000&to_ms=1768478403000";

    private static Task<HttpStatusCode> Export(HttpClient client) => Status(client, Path);

    private static async Task<HttpStatusCode> Status(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private static async Task AssertRefused(HttpClient client, string path, string seconds, string reason)
    {
        using var refused = await client.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(seconds, Assert.Single(refused.Headers.GetValues("Retry-After")));
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        var text = await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains(reason, text, StringComparison.Ordinal);
    }
}
