using AudioRelay.Actors;
using AudioRelay.Actors.Inspection;
using AudioRelay.Http;
using AudioRelay.Http.Admin;
using AudioRelay.Http.Shows;
using AudioRelay.Media.Codecs;
using AudioRelay.Storage.Threads;
using AudioRelay.Streams.Export.Files;
using AudioRelay.Streams.Recorder;
using AudioRelay.Streams.Recorder.Dialing;
using AudioRelay.Streams.Recorder.Shows;
using AudioRelay.Streams.Sync.Feed;
using Microsoft.Extensions.Logging;

namespace AudioRelay.Host.Roles;

/// <summary>A recorder, put together and running: actors, storage threads, HTTP. The demo is one too.</summary>
internal sealed class RecorderProcess : IAsyncDisposable
{
    // With the answers that are under way then, a stop takes 10 s at most: what a slow end of the sections took, receivers do not have.
    private static readonly TimeSpan PullLimit = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan EndAndPullLimit = TimeSpan.FromSeconds(6);

    private readonly ActorSystem _system;
    private readonly StorageThreads _threads;
    private readonly StationDialer _dialer;
    private readonly RecorderService _recorder;
    private readonly RelayServer _server;
    private readonly ExportFolder _exports;
    private readonly AdminServer? _admin;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    private RecorderProcess(
        ActorSystem system,
        StorageThreads threads,
        StationDialer dialer,
        RecorderService recorder,
        RelayServer server,
        ExportFolder exports,
        AdminServer? admin,
        CommitFeed feed,
        TimeProvider time,
        ILogger log
    ) =>
        (_system, _threads, _dialer, _recorder, _server, _exports, _admin, Feed, _time, _log) = (
            system,
            threads,
            dialer,
            recorder,
            server,
            exports,
            admin,
            feed,
            time,
            log
        );

    /// <summary>Where it answers.</summary>
    public Uri Address => _server.Address;

    /// <summary>Hears of each commit.</summary>
    public CommitFeed Feed { get; }

    /// <summary>Completes when a fault has reached the root: the process should end with an error.</summary>
    public Task<ActorFault> FatalFault => _system.FatalFault;

    /// <summary>Opens every show, begins to record and to answer.</summary>
    /// <exception cref="CliException">It cannot start; says everything that is wrong.</exception>
    public static async Task<RecorderProcess> StartAsync(
        string role,
        IReadOnlyList<ShowPlan> plans,
        string outputDirectory,
        string dataDirectory,
        RelayServerOptions listen,
        ActorSystemOptions actors,
        int storageThreads,
        HostContext context,
        CancellationToken stop
    )
    {
        var codecs = new CodecCatalog();
        CodecNeeds.Check(plans, codecs, context.Logs.CreateLogger("codecs"));
        var log = context.Logs.CreateLogger("recorder");
        var chance = new Chance(context.Random);
        var feed = new CommitFeed();
        await using var undo = new Undo();
        var threads = undo.Add(new StorageThreads(context.Time, storageThreads));
        var dialer = new StationDialer(context.Time, Recorders.UserAgent);
        undo.Add(dialer);
        var system = undo.Add(new ActorSystem(context.Time, chance.Next(), actors with { OnLog = line => ActorLogs.Write(log, line) }));
        var parts = new RecorderParts(outputDirectory, threads, codecs, feed, context.Time, chance.Next) { Actors = actors.Defaults };
        try
        {
            RelayServer.Try(listen);
            var recorder = await RecorderService.StartAsync(system, parts, plans, dialer.Dial, stop);
            undo.First(async () => await recorder.StopAsync());
            var folder = Path.Combine(dataDirectory, "exports");
            var exports = new ExportFolder(folder, context.Time, trouble => log.LogWarning("{Trouble}", trouble));
            undo.Add(exports);
            var server = await RelayServer.StartAsync(
                listen with
                {
                    KeyFolder = Listening.KeyFolder(dataDirectory),
                },
                new RecorderCatalog(recorder),
                feed,
                context.Time,
                context.Logs,
                system,
                exports: exports
            );
            undo.Add(server);
            var admin = AdminSocket.Prepare(dataDirectory, role) is { } socket
                ? await AdminServer.StartAsync(socket, system, context.Logs)
                : null;
            undo.Keep();
            return new RecorderProcess(system, threads, dialer, recorder, server, exports, admin, feed, context.Time, log);
        }
        catch (RecorderStartException error)
        {
            throw new CliException(error.Message, cause: error);
        }
        catch (ListenException error)
        {
            throw new CliException(error.Message, cause: error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"Cannot record into {outputDirectory}: {error.Message}", cause: error);
        }
    }

    /// <summary>Ends every section in order, lets receivers that are there have the ends, and lets go of everything.</summary>
    public async ValueTask DisposeAsync()
    {
        var (began, before) = (_time.GetTimestamp(), Feed.Positions);
        await _recorder.EndAsync();
        var left = EndAndPullLimit - _time.GetElapsedTime(began);
        if (left > TimeSpan.Zero)
        {
            await _server.LetPullAsync([.. Feed.Positions.Except(before)], left < PullLimit ? left : PullLimit);
        }

        await _server.DisposeAsync();
        _exports.Dispose();
        if (_admin is not null)
        {
            await _admin.DisposeAsync();
        }

        Runtime.Report(await _recorder.StopAsync(), _log);

        await _threads.DisposeAsync();
        _dialer.Dispose();
        await _system.DisposeAsync();
    }
}
