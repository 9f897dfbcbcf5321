using AudioRelay.Actors;
using AudioRelay.Streams.Receiver.Status;

namespace AudioRelay.Streams.Receiver;

/// <summary>A running receiver: the tree <c>/receiver</c> with its recorders and their shows, seen from outside.</summary>
public sealed class ReceiverService
{
    private ReceiverService() { }

    /// <summary>How everything stands.</summary>
    public SyncBoard Board { get; } = new();

    /// <summary>Every show whose store is open, by name, whether its recorder is there or not.</summary>
    public IReadOnlyList<ReceivingShow> Shows => throw new NotSupportedException("The receiver is being built.");

    /// <summary>Opens every store there is and begins to pull. Returns before the first recorder has answered.</summary>
    /// <param name="system">Where the actors live.</param>
    /// <param name="parts">What the shows share.</param>
    /// <param name="remotes">The recorders.</param>
    /// <param name="token">Gives up.</param>
    /// <exception cref="AudioRelay.Storage.StorageException">The stores as a whole cannot be reached; one bad show is reported on the board instead.</exception>
    public static Task<ReceiverService> StartAsync(
        ActorSystem system,
        ReceiverParts parts,
        IReadOnlyList<RemotePlan> remotes,
        CancellationToken token
    ) => throw new NotSupportedException("The receiver is being built.");

    /// <summary>Asks every recorder now instead of when its time has come.</summary>
    /// <returns>False when everything was being pulled already.</returns>
    public bool SyncNow() => throw new NotSupportedException("The receiver is being built.");

    /// <summary>Pulls every wanted show up to where its recorder was when this was called, and says how it went.</summary>
    public Task<SyncPassResult> SyncOnceAsync(CancellationToken token) => throw new NotSupportedException("The receiver is being built.");

    /// <summary>Lets what is being committed finish, and closes the stores.</summary>
    /// <returns>What did not stop in time; complete when all is well.</returns>
    public Task<StopReport> StopAsync() => throw new NotSupportedException("The receiver is being built.");
}
