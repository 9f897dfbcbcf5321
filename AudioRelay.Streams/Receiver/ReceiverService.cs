using AudioRelay.Actors;
using AudioRelay.Actors.Asking;
using AudioRelay.Storage;
using AudioRelay.Storage.Receiving;
using AudioRelay.Streams.Receiver.Keeping;
using AudioRelay.Streams.Receiver.Remotes;
using AudioRelay.Streams.Receiver.Shows;
using AudioRelay.Streams.Receiver.Status;

namespace AudioRelay.Streams.Receiver;

/// <summary>A running receiver: the tree <c>/receiver</c> with its recorders and their shows, seen from outside.</summary>
public sealed class ReceiverService
{
    private const int OpenedAtOnce = 8;
    private static readonly TimeSpan PassLimit = TimeSpan.FromMinutes(5);

    private readonly ActorSystem _system;
    private readonly ReceiverTree _tree;

    private ReceiverService(ActorSystem system, ReceiverTree tree) => (_system, _tree) = (system, tree);

    /// <summary>How everything stands.</summary>
    public SyncBoard Board => _tree.Board;

    /// <summary>Every show whose store is open, by name, whether its recorder is there or not.</summary>
    public IReadOnlyList<ReceivingShow> Shows => _tree.Roster.Shows;

    /// <summary>Opens every store there is and begins to pull. Returns before the first recorder has answered.</summary>
    /// <param name="system">Where the actors live.</param>
    /// <param name="parts">What the shows share.</param>
    /// <param name="remotes">The recorders.</param>
    /// <param name="token">Gives up.</param>
    /// <exception cref="StorageException">The stores as a whole cannot be reached; one bad show is reported on the board instead.</exception>
    public static async Task<ReceiverService> StartAsync(
        ActorSystem system,
        ReceiverParts parts,
        IReadOnlyList<RemotePlan> remotes,
        CancellationToken token
    )
    {
        var tree = new ReceiverTree(parts, remotes, new ReceiverRoster(parts.Stores, parts.Feed), new SyncBoard());
        try
        {
            await OpenAll(tree, token);
            system.Spawn<ReceiverMessage>("receiver", context => new ReceiverActor(context, tree), ReceiverActor.Vital);
            await tree.Started.WaitAsync(token);
            return new ReceiverService(system, tree);
        }
        catch
        {
            await tree.Roster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks every recorder now instead of when its time has come, and lets shows that had given up try again.</summary>
    /// <returns>False when everything was being pulled already.</returns>
    public bool SyncNow()
    {
        var fed = Board.Now.Shows.Where(show => show.Remote is not null).ToList();
        var isIdle = fed.Count == 0 || fed.Exists(show => show.State is not (ShowSyncState.Pulling or ShowSyncState.Queued));
        foreach (var remote in _tree.Remotes.Values)
        {
            remote.Tell(new RemoteMessage.SyncNow()); // refused only by one that has much to do with asking already
        }

        return isIdle;
    }

    /// <summary>Pulls every wanted show up to where its recorder was when this was called, and says how it went.</summary>
    public async Task<SyncPassResult> SyncOnceAsync(CancellationToken token)
    {
        var passes = await Task.WhenAll(_tree.Plans.Select(plan => PassOf(plan.Name, token)));
        var shows = passes.SelectMany(pass => pass.Shows).GroupBy(show => show.Name, show => show.Reach).ToList();
        var missing = shows
            .Where(show => !IsComplete(show))
            .SelectMany(show => show.Where(reach => reach.Reached != Reached.Here))
            .Select(reach => reach.Status.Show)
            .ToHashSet(StringComparer.Ordinal);
        var stood = shows
            .SelectMany(show => show)
            .GroupBy(reach => reach.Status.Show)
            .ToDictionary(g => g.Key, g => g.MinBy(r => r.Reached)!.Status);
        var report = new SyncReport(
            [.. passes.Select(pass => pass.Status)],
            [.. Board.Now.Shows.Select(show => stood.GetValueOrDefault(show.Show) ?? show)]
        );
        return new SyncPassResult(report.Remotes.All(remote => remote.Online) && missing.Count == 0, report, missing);
    }

    /// <summary>Lets what is being committed finish, and closes the stores.</summary>
    /// <returns>What did not stop in time; complete when all is well.</returns>
    public async Task<StopReport> StopAsync()
    {
        var report = await _system.StopAsync();
        await _tree.Roster.DisposeAsync();
        return report;
    }

    /// <summary>A show that the configuration names is wanted of whichever recorders have it, and of one at least.</summary>
    private static bool IsComplete(IEnumerable<ShowReach> show)
    {
        var reached = show.Select(reach => reach.Reached).ToHashSet();
        return reached.Contains(Reached.Here) && !reached.Contains(Reached.NotHere);
    }

    /// <summary>How a recorder stood, and how far its shows came, by their names there.</summary>
    private async Task<(RemoteStatus Status, IReadOnlyList<(string Name, ShowReach Reach)> Shows)> PassOf(
        string remote,
        CancellationToken token
    )
    {
        try
        {
            var pass = await _tree.Remotes[remote].Ask<RemotePass>(answer => new RemoteMessage.Pass(answer), PassLimit, token);
            return (pass.Status, await Task.WhenAll(pass.Shows.Select(async show => (show.Key, await ReachedBy(show.Value, token)))));
        }
        catch (AskException)
        {
            var known = Board.Now.Remotes.FirstOrDefault(r => r.Name == remote);
            return (
                new RemoteStatus(
                    remote,
                    known?.Url ?? "",
                    false,
                    known?.SinceUs ?? 0,
                    known?.Detail ?? "It could not be asked in time.",
                    false
                ),
                []
            );
        }
    }

    private static async Task<ShowReach> ReachedBy(ActorRef<ShowSyncMessage> show, CancellationToken token)
    {
        while (true)
        {
            // However long it takes: there may be years to pull.
            if (await show.Ask<ShowReach?>(answer => new ShowSyncMessage.Reach(answer), Timeout.InfiniteTimeSpan, token) is { } reached)
            {
                return reached;
            }
        }
    }

    /// <summary>Opens what is stored, so that it can be listened to whether its recorder is there or not.</summary>
    private static async Task OpenAll(ReceiverTree tree, CancellationToken token)
    {
        var stored = await tree.Parts.Stores.ListAsync(token);
        foreach (var show in stored)
        {
            tree.Roster.Note(show);
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = OpenedAtOnce, CancellationToken = token };
        await Parallel.ForEachAsync(stored, options, (show, cancel) => Open(tree, show, cancel));
    }

    private static async ValueTask Open(ReceiverTree tree, ReceivedShow show, CancellationToken token)
    {
        var fault = show.Fault;
        var at = 0L;
        if (fault is null)
        {
            try
            {
                var kept = await tree.Roster.OpenAsync(show.Name, token);
                at = (await kept.Store.CheckpointAsync(token)).NextId - 1;
            }
            catch (StorageException error)
            {
                fault = error;
            }
        }

        var isFed = show.Source is { } source && tree.Plans.Any(plan => plan.Name == source.Remote && plan.Wants(source.SourceName));
        tree.Board.Post(
            new ShowSyncStatus
            {
                Show = show.Name,
                Remote = isFed ? show.Source?.Remote : null,
                State =
                    fault is not null ? ShowSyncState.StoreFault
                    : isFed ? ShowSyncState.Starting
                    : ShowSyncState.NotOffered,
                SinceUs = Capture.Moment.Of(tree.Parts.Time).UtcUs,
                Detail = fault?.Message ?? (isFed ? null : "No recorder of the configuration feeds it; what is kept can be listened to."),
                ReadId = at,
            }
        );
    }
}
