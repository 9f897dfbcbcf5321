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
        var remotes = await Task.WhenAll(_tree.Remotes.Values.Select(remote => PassOf(remote, token)));
        var shows = remotes.SelectMany(remote => remote ?? []).GroupBy(show => show.Name, show => show.Reached);
        return new SyncPassResult(Array.TrueForAll(remotes, remote => remote is not null) && shows.All(IsComplete), Board.Now);
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
    private static bool IsComplete(IGrouping<string, Reached> show) => show.Contains(Reached.Here) && !show.Contains(Reached.NotHere);

    /// <summary>How far a recorder's shows came; null when it is not there.</summary>
    private static async Task<IReadOnlyList<(string Name, Reached Reached)>?> PassOf(
        ActorRef<RemoteMessage> remote,
        CancellationToken token
    )
    {
        try
        {
            var pass = await remote.Ask<RemotePass>(answer => new RemoteMessage.Pass(answer), PassLimit, token);
            var shows = await Task.WhenAll(pass.Shows.Select(async show => (show.Key, await ReachedBy(show.Value, token))));
            return pass.IsThere ? shows : null;
        }
        catch (AskException)
        {
            return null; // the board says what it is
        }
    }

    private static async Task<Reached> ReachedBy(ActorRef<ShowSyncMessage> show, CancellationToken token)
    {
        while (true)
        {
            // However long it takes: there may be years to pull.
            if (await show.Ask<Reached?>(answer => new ShowSyncMessage.Reach(answer), Timeout.InfiniteTimeSpan, token) is { } reached)
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
