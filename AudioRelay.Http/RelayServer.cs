using System.Net;
using System.Net.Sockets;
using AudioRelay.Actors;
using AudioRelay.Http.Admin;
using AudioRelay.Http.Receiver;
using AudioRelay.Http.Security;
using AudioRelay.Http.Security.Limits;
using AudioRelay.Http.Security.Redaction;
using AudioRelay.Http.Security.Tls;
using AudioRelay.Http.Shows;
using AudioRelay.Http.SyncApi;
using AudioRelay.Streams.Export.Files;
using AudioRelay.Streams.Sync.Feed;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AudioRelay.Http;

/// <summary>The HTTP face of a role, running.</summary>
public sealed class RelayServer : IAsyncDisposable
{
    // A request that is being answered may finish; an event stream has no end and is cut.
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(3);

    private readonly WebApplication _app;

    private RelayServer(WebApplication app) => _app = app;

    /// <summary>Where it answers, for people and tests: the first address, with the real port.</summary>
    public Uri Address { get; private init; } = null!;

    /// <summary>Everything that it answers, for the test that asks each whether it says who may call it.</summary>
    internal IReadOnlyList<Endpoint> Endpoints => _app.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    /// <summary>Starts to answer.</summary>
    /// <param name="options">Where, and whom.</param>
    /// <param name="catalog">What is served; its mode decides the layout of the URLs.</param>
    /// <param name="feed">Hears of commits.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logs">Where the server's own troubles go.</param>
    /// <param name="actors">The actors that the admin routes show to who has an admin token; null for none.</param>
    /// <param name="receiver">What a receiver has beside its shows; null for other roles.</param>
    /// <param name="exports">Where a recorder writes the sections that it is asked to export; null for other roles.</param>
    /// <exception cref="ListenException">The port is in use, the address is not ours, or the certificate cannot be read.</exception>
    public static async Task<RelayServer> StartAsync(
        RelayServerOptions options,
        IShowCatalog catalog,
        CommitFeed feed,
        TimeProvider time,
        ILoggerFactory logs,
        ActorSystem? actors = null,
        ReceiverFace? receiver = null,
        ExportFolder? exports = null
    )
    {
        logs = new RedactedLogs(logs, new Redactor());
        var tls = options.TlsCertificate is { } file ? new TlsFiles(file, options.TlsKey, time, logs.CreateLogger("tls")) : null;
        var doors = new Doors(options, catalog.Mode, time, logs);
        var builder = WebApplication.CreateSlimBuilder(HostSettings.Apart);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IHostLifetime, ProgramLifetime>();
        builder.Services.AddSingleton(logs);
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(feed);
        builder.Services.AddSingleton<SyncPulls>();
        if (actors is not null)
        {
            builder.Services.AddSingleton(actors);
        }

        if (exports is not null)
        {
            builder.Services.AddSingleton(exports);
        }

        if (receiver is not null)
        {
            builder.Services.AddSingleton(receiver.Board);
        }

        builder.Services.AddPlayback(
            catalog,
            new PlaybackOptions
            {
                Anonymous = options.Anonymous,
                UiFolder = options.UiFolder,
                SegmentCacheBytes = options.SegmentCacheBytes,
            }
        );
        builder.Services.AddProblemDetails();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopLimit);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, options, tls));

        var app = builder.Build();
        SecurityHeaders.Use(app);
        app.UseExceptionHandler();
        app.UseStatusCodePages(BareRefusal.Explain);
        doors.Use(app);
        doors.Map(app, catalog.Mode);
        if (catalog.Mode == ShowModes.Record)
        {
            app.MapSync(exports is not null);
        }

        if (receiver is not null)
        {
            app.MapReceiver(receiver);
        }

        app.MapPlayback();
        if (actors is not null)
        {
            app.MapActors();
        }

        app.MapUi();
        try
        {
            await app.StartAsync(CancellationToken.None);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            await app.DisposeAsync();
            throw CannotListen(options, error);
        }

        var first = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new RelayServer(app) { Address = new Uri(first) };
    }

    /// <summary>Tries whether it could listen, so that nothing is begun that would have to be undone.</summary>
    /// <exception cref="ListenException">The port is in use, the address is not ours, or the certificate cannot be read.</exception>
    public static void Try(RelayServerOptions options)
    {
        if (options.TlsCertificate is { } file)
        {
            TlsIdentity.Load(file, options.TlsKey).Dispose();
        }

        foreach (var address in options.Port == 0 ? [] : options.Addresses.Where(Exists))
        {
            try
            {
                using var probe = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                probe.Bind(new IPEndPoint(address, options.Port));
            }
            catch (SocketException error)
            {
                throw CannotListen(options, error);
            }
        }
    }

    /// <summary>Waits until the receivers that follow a recorder have asked for what is new of the shows they pull.</summary>
    /// <param name="news">How far the shows reach of which there is something new.</param>
    /// <param name="limit">The longest wait.</param>
    public Task LetPullAsync(IReadOnlyList<ShowPosition> news, TimeSpan limit) =>
        _app.Services.GetRequiredService<SyncPulls>().UntilPulled(news, limit, _app.Services.GetRequiredService<TimeProvider>());

    /// <summary>Stops answering: what is being answered may finish within 3 s.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    private static ListenException CannotListen(RelayServerOptions options, Exception error) =>
        new(
            $"Cannot listen on port {options.Port}: {error.Message.TrimEnd('.')}. Is another AudioRelay running? Choose another port with -p.",
            error
        );

    private static void Listen(KestrelServerOptions kestrel, RelayServerOptions options, TlsFiles? tls)
    {
        kestrel.AddServerHeader = false;
        ConnectionLimits.Set(kestrel.Limits, options);
        var cap = new AddressCap(options.MaxConnectionsPerAddress, options.TrustedProxies);
        var addresses = options.Addresses.Where(Exists).ToArray();
        foreach (var address in options.Port == 0 ? addresses[..1] : addresses)
        {
            kestrel.Listen(
                address,
                options.Port,
                listen =>
                {
                    listen.Use(cap.Guard);
                    if (tls is not null)
                    {
                        listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(tls.Current()) });
                    }
                }
            );
        }
    }

    /// <summary>False for IPv6 loopback on a machine without IPv6; any other address is tried, and its failure reported.</summary>
    private static bool Exists(IPAddress address)
    {
        if (!address.Equals(IPAddress.IPv6Loopback))
        {
            return true;
        }

        try
        {
            using var probe = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
            probe.Bind(new IPEndPoint(address, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
