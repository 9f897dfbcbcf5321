using System.Net;
using System.Text;
using AudioRelay.Actors;
using AudioRelay.Http.Receiver;
using AudioRelay.Http.Security;
using AudioRelay.Http.Shows;
using AudioRelay.Storage;
using AudioRelay.Streams.Export.Files;
using AudioRelay.Streams.Receiver.Status;
using AudioRelay.Streams.Sync.Feed;
using AudioRelay.TestKit.Tools;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AudioRelay.Http.Tests.Support;

/// <summary>The whole HTTP face of a role with tokens configured, over two shows, on a real socket.</summary>
public sealed class GuardedServer : IAsyncDisposable
{
    public const string Everything = "the token for everything";
    public const string Listener = "the token for listening";

    private readonly IReadOnlyList<IDisposable> _files;
    private readonly ActorSystem _actors;

    private GuardedServer(RelayServer server, IReadOnlyList<IDisposable> files, ActorSystem actors) =>
        (Server, _files, _actors) = (server, files, actors);

    public static IReadOnlyList<TokenGrant> Tokens { get; } =
    [new(Everything, AccessScopes.All, "all"), new(Listener, AccessScopes.Listen, "ears")];

    public RelayServer Server { get; }

    /// <summary>Everything it answers.</summary>
    internal IEnumerable<RouteEndpoint> Routes => Server.Endpoints.OfType<RouteEndpoint>();

    /// <summary>One request for each method of each route, by numbers for all parameters but the show.</summary>
    public IEnumerable<(HttpMethod Method, string Path)> Requests() =>
        Routes.SelectMany(route => Methods(route).Select(method => (new HttpMethod(method), Path(route))));

    internal static IReadOnlyList<string> Methods(RouteEndpoint route) =>
        route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"];

    /// <summary>A path that the route takes.</summary>
    internal static string Path(RouteEndpoint route, string value = "1", string show = "news")
    {
        var path = new StringBuilder();
        foreach (var segment in route.RoutePattern.PathSegments)
        {
            path.Append('/');
            foreach (var part in segment.Parts)
            {
                path.Append(
                    part switch
                    {
                        RoutePatternLiteralPart literal => literal.Content,
                        RoutePatternSeparatorPart separator => separator.Content,
                        RoutePatternParameterPart { Name: "show" } => show,
                        _ => value,
                    }
                );
            }
        }

        return path.Length == 0 ? "/" : path.ToString();
    }

    /// <summary>What is kept, counted and hashed by id and time.</summary>
    public async Task<string> Facts()
    {
        var facts = new StringBuilder();
        foreach (var file in _files.OfType<ShowFile>())
        {
            facts.Append(await file.Reader.InfoAsync());
            foreach (var section in await file.Reader.SectionsAsync(new SectionQuery()))
            {
                facts.Append(section);
            }
        }

        return facts.ToString();
    }

    /// <summary>Titles in the first show.</summary>
    public void SetTitles(IReadOnlyList<string> titles) => _files.OfType<ShowFile>().First().Titles(titles);

    public static async Task<GuardedServer> Start(
        string mode = ShowModes.Record,
        RelayServerOptions? options = null,
        TimeProvider? time = null,
        ILoggerFactory? logs = null,
        Func<IShowReader, IShowReader>? wrap = null
    )
    {
        ShowFile[] files = [new ShowFile(name: "news"), new ShowFile(name: "news2")];
        foreach (var file in files)
        {
            file.Open(1_768_478_400_000).Add(3, 96_000);
        }

        var folder = new TemporaryFolder();
        var exports = mode == ShowModes.Record ? new ExportFolder(folder.File("exports"), time ?? TimeProvider.System, _ => { }) : null;
        var actors = new ActorSystem(TimeProvider.System, new Random(1));
        var shows = new ShowCatalog(mode);
        foreach (var file in files)
        {
            shows.Set(new ServedShow(file.Name, wrap?.Invoke(file.Reader) ?? file.Reader, null));
        }

        var server = await RelayServer.StartAsync(
            options ?? new RelayServerOptions { Port = 0, Tokens = Tokens },
            mode == ShowModes.Inspect ? new SingleShowCatalog(shows.Shows[0]) : shows,
            new CommitFeed(),
            time ?? TimeProvider.System,
            logs ?? NullLoggerFactory.Instance,
            actors,
            mode == ShowModes.Receiver ? new ReceiverFace(new SyncBoard(), () => true, new MemoryControlStore()) : null,
            exports
        );
        return new GuardedServer(server, exports is null ? [.. files, folder] : [.. files, exports, folder], actors);
    }

    /// <summary>A client that is nobody yet; with cookies as a browser has them, if wanted.</summary>
    public HttpClient Client(string? token = null, CookieContainer? cookies = null)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = cookies is not null };
        if (cookies is not null)
        {
            handler.CookieContainer = cookies;
        }

        var client = new HttpClient(handler) { BaseAddress = Server.Address, Timeout = TimeSpan.FromSeconds(30) };
        client.DefaultRequestHeaders.Authorization = token is null ? null : new("Bearer", token);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await _actors.DisposeAsync();
        foreach (var file in _files)
        {
            file.Dispose();
        }
    }
}
