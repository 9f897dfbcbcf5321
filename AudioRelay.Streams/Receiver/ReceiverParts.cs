using AudioRelay.Actors;
using AudioRelay.Storage.Receiving;
using AudioRelay.Streams.Sync.Client;
using AudioRelay.Streams.Sync.Feed;

namespace AudioRelay.Streams.Receiver;

/// <summary>What all shows of a receiver share.</summary>
/// <param name="Stores">Where they are kept; not owned.</param>
/// <param name="Feed">Hears of each commit, so that listeners follow live.</param>
/// <param name="Time">The clock.</param>
/// <param name="NewRandom">Chance, one source for each who needs it.</param>
/// <param name="Connect">Makes the client of a recorder; the receiver disposes of it.</param>
public sealed record ReceiverParts(
    IReceivedStores Stores,
    CommitFeed Feed,
    TimeProvider Time,
    Func<Random> NewRandom,
    Func<RemotePlan, IRecorderClient> Connect
)
{
    /// <summary>Most segments in one pull; a recorder of ours gives 1000 at most.</summary>
    public int ChunkSize { get; init; } = 1000;

    /// <summary>
    /// Most bytes of sound in one pull. With what goes with 1000 segments it fits into 8 MiB, which is what a buffer of the pool has: one byte more
    /// would take 16.
    /// </summary>
    public long ChunkBytes { get; init; } = 7_500_000;

    /// <summary>How long a recorder that was away is left alone, and how often one that does not push is asked.</summary>
    public TimeSpan SyncInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Most pulls at a time, over all recorders.</summary>
    public int ParallelPulls { get; init; } = 4;

    /// <summary>How recorders and shows are run: mailboxes, delays and budgets of restarts.</summary>
    public ActorOptions Actors { get; init; } = new();
}
