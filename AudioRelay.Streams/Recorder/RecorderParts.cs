using AudioRelay.Actors;
using AudioRelay.Media.Codecs;
using AudioRelay.Storage.Threads;
using AudioRelay.Streams.Sync.Feed;

namespace AudioRelay.Streams.Recorder;

/// <summary>What all shows of a recorder share.</summary>
/// <param name="OutputDirectory">Where their files are.</param>
/// <param name="Threads">On which they write.</param>
/// <param name="Codecs">Decoders and encoders.</param>
/// <param name="Feed">Hears of each commit.</param>
/// <param name="Time">The clock.</param>
/// <param name="NewRandom">Chance, one source for each who needs it.</param>
public sealed record RecorderParts(
    string OutputDirectory,
    StorageThreads Threads,
    CodecCatalog Codecs,
    CommitFeed Feed,
    TimeProvider Time,
    Func<Random> NewRandom
)
{
    /// <summary>How stations and shows are run: mailboxes, delays and budgets of restarts.</summary>
    public ActorOptions Actors { get; init; } = new();
}
