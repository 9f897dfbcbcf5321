using System.Net;
using AudioRelay.Http.Security;
using AudioRelay.Http.Shows;
using AudioRelay.Http.Tests.Support;
using Microsoft.AspNetCore.Routing;

namespace AudioRelay.Http.Tests.Security;

/// <summary>Closed by default (S1): every route of every role, and what it answers to a stranger over real HTTP.</summary>
public sealed class EveryRouteTests
{
    /// <summary>All that a stranger may ask for. Adding to it is a decision, not a repair of a test.</summary>
    private static readonly HashSet<string> Open = ["/health", "/api/health", "/api/session", "/{**path}"];

    public static TheoryData<string> Modes => [ShowModes.Record, ShowModes.Receiver, ShowModes.Inspect];

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Every_route_says_who_may_call_it(string mode)
    {
        await using var running = await GuardedServer.Start(mode);

        var silent = Routes(running).Where(route => route.Metadata.GetMetadata<RoutePolicy>() is null).Select(Name);
        var open = Routes(running).Where(route => route.Metadata.GetMetadata<RoutePolicy>()?.Needed == AccessScopes.None);

        Assert.Empty(silent);
        Assert.Subset(Open, open.Select(route => Path(route)).ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_stranger_gets_401_from_every_route_but_the_open_ones(string mode)
    {
        await using var running = await GuardedServer.Start(mode);
        using var client = running.Client();
        var asked = 0;
        foreach (var route in Routes(running).Where(route => !Open.Contains(Path(route))))
        {
            foreach (var method in route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), GuardedServer.Path(route));
                using var answer = await client.SendAsync(
                    request,
                    HttpCompletionOption.ResponseHeadersRead,
                    TestContext.Current.CancellationToken
                );

                Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{method} {Name(route)}: {answer.StatusCode}");
                asked++;
            }
        }

        Assert.True(asked > 20, $"only {asked} routes were asked");
    }

    [Theory]
    [InlineData("POST", "/")]
    [InlineData("DELETE", "/api/shows")]
    [InlineData("PUT", "/nothing/of/the/kind")]
    public async Task A_stranger_does_not_learn_which_methods_a_path_knows(string method, string path)
    {
        await using var running = await GuardedServer.Start(ShowModes.Record);
        using var client = running.Client();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Health_tells_a_stranger_that_we_live_and_not_what_we_keep()
    {
        await using var running = await GuardedServer.Start(ShowModes.Record);
        using var client = running.Client();
        client.DefaultRequestHeaders.Accept.ParseAdd("application/json");

        var stranger = await client.GetStringAsync("/health", TestContext.Current.CancellationToken);
        client.DefaultRequestHeaders.Authorization = new("Bearer", GuardedServer.Everything);
        var known = await client.GetStringAsync("/health", TestContext.Current.CancellationToken);

        Assert.DoesNotContain("news", stranger, StringComparison.Ordinal);
        Assert.Contains("\"news\"", known, StringComparison.Ordinal);
    }

    private static IEnumerable<RouteEndpoint> Routes(GuardedServer running) => running.Server.Endpoints.OfType<RouteEndpoint>();

    private static string Path(RouteEndpoint route) => "/" + route.RoutePattern.RawText!.Trim('/');

    private static string Name(RouteEndpoint route) =>
        $"{string.Join(',', route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])} {route.RoutePattern.RawText}";
}
