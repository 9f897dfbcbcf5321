using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Timeline;

namespace AudioRelay.Storage.Sqlite;

/// <summary>Reads a recorder's file, a receiver's SQLite file or a predecessor's file.</summary>
public sealed class SqliteShowReader : IShowReader
{
    /// <summary>Opens a file for reading.</summary>
    /// <param name="path">The database file.</param>
    /// <param name="immutable">For read-only media: nobody may write the file while it is open, and no lock is taken.</param>
    /// <param name="connections">Most connections at a time; further callers wait.</param>
    /// <exception cref="StorageException">The file is missing, no database, or of another version.</exception>
    public static SqliteShowReader Open(string path, bool immutable = false, int connections = 4) =>
        throw new NotSupportedException("Comes next.");

    /// <inheritdoc/>
    public ValueTask<ShowInfo> InfoAsync(CancellationToken cancel = default) => throw new NotSupportedException("Comes next.");

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SectionInfo>> SectionsAsync(SectionQuery query, CancellationToken cancel = default) =>
        throw new NotSupportedException("Comes next.");

    /// <inheritdoc/>
    public ValueTask<SectionInfo?> SectionAsync(long sectionId, CancellationToken cancel = default) =>
        throw new NotSupportedException("Comes next.");

    /// <inheritdoc/>
    public ValueTask<Presence> SectionPresenceAsync(long sectionId, CancellationToken cancel = default) =>
        throw new NotSupportedException("Comes next.");

    /// <inheritdoc/>
    public ValueTask<SectionNeighbours> NeighboursAsync(long timestampMs, CancellationToken cancel = default) =>
        throw new NotSupportedException("Comes next.");

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SegmentInfo>> SegmentsAsync(SegmentQuery query, CancellationToken cancel = default) =>
        throw new NotSupportedException("Comes next.");

    /// <inheritdoc/>
    public ValueTask<SegmentLookup> SegmentAsync(long segmentId, CancellationToken cancel = default) =>
        throw new NotSupportedException("Comes next.");

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Segment>> ReadSegmentsAsync(
        long fromId,
        long toId,
        int maxCount,
        long maxBytes,
        CancellationToken cancel = default
    ) => throw new NotSupportedException("Comes next.");

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JournalEntry>> JournalAsync(long afterSeq, int limit, CancellationToken cancel = default) =>
        throw new NotSupportedException("Comes next.");

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<TitleInfo>> TitlesAsync(TitleQuery query, CancellationToken cancel = default) =>
        throw new NotSupportedException("Comes next.");

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WindowInfo>> WindowsAsync(UtcRange range, CancellationToken cancel = default) =>
        throw new NotSupportedException("Comes next.");

    /// <inheritdoc/>
    public ValueTask<ShowTimeline> TimelineAsync(UtcRange range, CancellationToken cancel = default) =>
        throw new NotSupportedException("Comes next.");

    /// <inheritdoc/>
    public ValueTask<WallMap?> WallMapAsync(long sectionId, CancellationToken cancel = default) =>
        throw new NotSupportedException("Comes next.");

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RangePart>> ResolveAsync(UtcRange range, CancellationToken cancel = default) =>
        throw new NotSupportedException("Comes next.");

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => throw new NotSupportedException("Comes next.");
}
