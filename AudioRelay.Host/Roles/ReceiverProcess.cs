using AudioRelay.Actors;
using AudioRelay.Actors.Inspection;
using AudioRelay.Http;
using AudioRelay.Http.Admin;
using AudioRelay.Http.Receiver;
using AudioRelay.Http.Shows;
using AudioRelay.Storage;
using AudioRelay.Storage.Receiving;
using AudioRelay.Streams.Receiver;
using AudioRelay.Streams.Sync.Feed;
using Microsoft.Extensions.Logging;

namespace AudioRelay.Host.Roles;

/// <summary>A receiver, put together and running: stores, actors, HTTP.</summary>
internal sealed class ReceiverProcess : IAsyncDisposable
{
    private readonly ActorSystem _system;
    private readonly IReceivedStores _stores;
    private readonly RelayServer? _server;
    private readonly AdminServer? _admin;
    private readonly ILogger _log;

    private ReceiverProcess(
        ActorSystem system,
        IReceivedStores stores,
        ReceiverService receiver,
        RelayServer? server,
        AdminServer? admin,
        CommitFeed feed,
        ILogger log
    ) => (_system, _stores, Receiver, _server, _admin, Feed, _log) = (system, stores, receiver, server, admin, feed, log);

    /// <summary>Where it answers.</summary>
    public Uri Address => _server?.Address ?? throw new InvalidOperationException("It does not answer: it was started for one pass.");

    /// <summary>Hears of each commit.</summary>
    public CommitFeed Feed { get; }

    /// <summary>What pulls.</summary>
    public ReceiverService Receiver { get; }

    /// <summary>Completes when a fault has reached the root: the process should end with an error.</summary>
    public Task<ActorFault> FatalFault => _system.FatalFault;

    /// <summary>Opens every store and begins to pull.</summary>
    /// <param name="options">From where, into what, and who may listen.</param>
    /// <param name="serves">Whether it answers HTTP; false for one pass.</param>
    /// <param name="context">What it gets from the program.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="CliException">It cannot start; says what is wrong.</exception>
    public static async Task<ReceiverProcess> StartAsync(ReceiverOptions options, bool serves, HostContext context, CancellationToken stop)
    {
        var config = options.Config;
        var log = context.Logs.CreateLogger("receiver");
        var chance = new Chance(context.Random);
        var feed = new CommitFeed();
        var listen = Listening.Options(config.Listen, options.Tokens) with { KeyFolder = Listening.KeyFolder(config.DataDirectory) };
        var actors = Runtime.Actors(config.Runtime) with { OnLog = line => ActorLogs.Write(log, line, isTold: !serves) };
        await using var undo = new Undo();
        try
        {
            if (serves)
            {
                RelayServer.Try(listen);
            }

            var stores = undo.Add(ReceiverStores.Open(options, context.Time, chance.Next()));
            var system = undo.Add(new ActorSystem(context.Time, chance.Next(), actors));
            var parts = new ReceiverParts(stores, feed, context.Time, chance.Next, Recorders.Connect(context.Time))
            {
                ChunkSize = config.ChunkSize,
                SyncInterval = config.SyncInterval,
                Actors = actors.Defaults,
            };
            var receiver = await ReceiverService.StartAsync(system, parts, options.Remotes, stop);
            undo.First(async () => await receiver.StopAsync());
            var server = serves ? await Serve(listen, receiver, stores, feed, system, context) : null;
            if (server is not null)
            {
                undo.Add(server);
            }

            var admin = AdminSocket.Prepare(config.DataDirectory, "receiver") is { } socket
                ? await AdminServer.StartAsync(socket, system, context.Logs)
                : null;
            undo.Keep();
            return new ReceiverProcess(system, stores, receiver, server, admin, feed, log);
        }
        catch (Exception error) when (error is StorageException or ListenException)
        {
            throw new CliException(error.Message, cause: error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"Cannot keep anything in {ReceiverStores.Place(options)}: {error.Message}", cause: error);
        }
    }

    /// <summary>Lets what is being committed finish and lets go of everything.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        if (_admin is not null)
        {
            await _admin.DisposeAsync();
        }

        Runtime.Report(await Receiver.StopAsync(), _log);
        await _stores.DisposeAsync();
        await _system.DisposeAsync();
    }

    private static Task<RelayServer> Serve(
        RelayServerOptions listen,
        ReceiverService receiver,
        IReceivedStores stores,
        CommitFeed feed,
        ActorSystem system,
        HostContext context
    ) =>
        RelayServer.StartAsync(
            listen,
            new ReceiverCatalog(receiver),
            feed,
            context.Time,
            context.Logs,
            system,
            ReceiverFace.Of(receiver, stores.Control)
        );
}
