using AudioRelay.Storage.Journal;

namespace AudioRelay.Storage.Receiving;

/// <summary>What one pull brought: committed whole, journal first, then segments, then the checkpoint; or not at all.</summary>
public sealed record PulledBatch
{
    /// <summary>
    /// The source's journal after the checkpoint, in order. A section may be closed here before its last segments arrive: it counts as ended
    /// when they have. From a version 1 recorder, which has no journal, the openings and starts of the sections of these segments, told as
    /// entries with the sequence number 0, with every batch again: such a section has ended when a segment of a later one arrives.
    /// </summary>
    public IReadOnlyList<JournalEntry> Journal { get; init; } = [];

    /// <summary>Segments in the order of their source ids, none below the checkpoint's <see cref="SyncCheckpoint.NextId"/>.</summary>
    public IReadOnlyList<PulledSegment> Segments { get; init; } = [];

    /// <summary>The checkpoint's next id after this batch: behind the last segment, or further when the source has purged what follows.</summary>
    public required long NextId { get; init; }

    /// <summary>The checkpoint's journal position after this batch.</summary>
    public required long JournalSeq { get; init; }
}
