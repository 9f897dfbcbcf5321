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
    /// <summary>Most segments in one pull.</summary>
    public int ChunkSize { get; init; } = 100;

    /// <summary>Most bytes of sound in one pull.</summary>
    public long ChunkBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>How long a recorder that was away is left alone, and how often one that does not push is asked.</summary>
    public TimeSpan SyncInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Most pulls at a time, over all recorders.</summary>
    public int ParallelPulls { get; init; } = 4;

    /// <summary>How recorders and shows are run: mailboxes, delays and budgets of restarts.</summary>
    public ActorOptions Actors { get; init; } = new();
}
