using System.Net;
using System.Text;
using AudioRelay.Actors;
using AudioRelay.Http.Receiver;
using AudioRelay.Http.Security;
using AudioRelay.Http.Shows;
using AudioRelay.Http.Tests.Support;
using AudioRelay.Streams.Export.Files;
using AudioRelay.Streams.Receiver.Status;
using AudioRelay.Streams.Sync.Feed;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Logging.Abstractions;

namespace AudioRelay.Http.Tests.Security;

/// <summary>Closed by default (S1): every route of every role, and what it answers to a stranger over real HTTP.</summary>
public sealed class EveryRouteTests
{
    /// <summary>All that a stranger may ask for. Adding to it is a decision, not a repair of a test.</summary>
    private static readonly HashSet<string> Open = ["/health", "/api/health", "/{**path}"];

    public static TheoryData<string> Modes => [ShowModes.Record, ShowModes.Receiver, ShowModes.Inspect];

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Every_route_says_who_may_call_it(string mode)
    {
        await using var running = await Running.Start(mode);

        var silent = running.Routes.Where(route => route.Metadata.GetMetadata<RoutePolicy>() is null).Select(Name);
        var open = running.Routes.Where(route => route.Metadata.GetMetadata<RoutePolicy>()?.Needed == AccessScopes.None);

        Assert.Empty(silent);
        Assert.Subset(Open, open.Select(route => "/" + route.RoutePattern.RawText!.TrimStart('/')).ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_stranger_gets_401_from_every_route_but_the_open_ones(string mode)
    {
        await using var running = await Running.Start(mode);
        using var client = new HttpClient { BaseAddress = running.Server.Address };
        var asked = 0;
        foreach (var route in running.Routes.Where(route => !Open.Contains("/" + route.RoutePattern.RawText!.TrimStart('/'))))
        {
            foreach (var method in route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), Filled(route.RoutePattern));
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
        await using var running = await Running.Start(ShowModes.Record);
        using var client = new HttpClient { BaseAddress = running.Server.Address };
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Health_tells_a_stranger_that_we_live_and_not_what_we_keep()
    {
        await using var running = await Running.Start(ShowModes.Record);
        using var client = new HttpClient { BaseAddress = running.Server.Address };
        client.DefaultRequestHeaders.Accept.ParseAdd("application/json");

        var stranger = await client.GetStringAsync("/health", TestContext.Current.CancellationToken);
        client.DefaultRequestHeaders.Authorization = new("Bearer", Running.Token);
        var known = await client.GetStringAsync("/health", TestContext.Current.CancellationToken);

        Assert.DoesNotContain("show", stranger, StringComparison.Ordinal);
        Assert.Contains("\"show\"", known, StringComparison.Ordinal);
    }

    private static string Name(RouteEndpoint route) =>
        $"{string.Join(',', route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])} {route.RoutePattern.RawText}";

    /// <summary>A path that the pattern takes: numbers for every parameter, and the show that is there.</summary>
    private static string Filled(RoutePattern pattern)
    {
        var path = new StringBuilder();
        foreach (var segment in pattern.PathSegments)
        {
            path.Append('/');
            foreach (var part in segment.Parts)
            {
                path.Append(
                    part switch
                    {
                        RoutePatternLiteralPart literal => literal.Content,
                        RoutePatternSeparatorPart separator => separator.Content,
                        RoutePatternParameterPart { Name: "show" } => "show",
                        _ => "1",
                    }
                );
            }
        }

        return path.Length == 0 ? "/" : path.ToString();
    }

    private sealed class Running : IAsyncDisposable
    {
        public const string Token = "the right token";
        private readonly ShowFile _file;
        private readonly ActorSystem _actors;

        public required RelayServer Server { get; init; }

        public IEnumerable<RouteEndpoint> Routes => Server.Endpoints.OfType<RouteEndpoint>();

        public static async Task<Running> Start(string mode)
        {
            var file = new ShowFile();
            var actors = new ActorSystem(TimeProvider.System, new Random(1));
            var show = new ServedShow(file.Name, file.Reader, null);
            var shows = new ShowCatalog(mode);
            shows.Set(show);
            var server = await RelayServer.StartAsync(
                new RelayServerOptions { Port = 0, Tokens = [new(Token, AccessScopes.All)] },
                mode == ShowModes.Inspect ? new SingleShowCatalog(show) : shows,
                new CommitFeed(),
                TimeProvider.System,
                NullLoggerFactory.Instance,
                actors,
                mode == ShowModes.Receiver ? new ReceiverFace(new SyncBoard(), () => true, new MemoryControlStore()) : null,
                mode == ShowModes.Record
                    ? new ExportFolder(Path.Combine(Path.GetTempPath(), "no exports"), TimeProvider.System, _ => { })
                    : null
            );
            return new Running(file, actors) { Server = server };
        }

        private Running(ShowFile file, ActorSystem actors) => (_file, _actors) = (file, actors);

        public async ValueTask DisposeAsync()
        {
            await Server.DisposeAsync();
            await _actors.DisposeAsync();
            _file.Dispose();
        }
    }
}
