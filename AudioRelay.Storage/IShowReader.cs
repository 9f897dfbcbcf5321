using AudioRelay.Storage.Timeline;

namespace AudioRelay.Storage;

/// <summary>
/// Reads one show's store: a recorder's file, a predecessor's file, a receiver's SQLite or PostgreSQL. What a call returns is copied and nothing
/// in the store stays open after it. Sections and segments that retention has hidden are not seen.
/// </summary>
public interface IShowReader : IAsyncDisposable
{
    /// <summary>Who the store is and how far it reaches.</summary>
    ValueTask<ShowInfo> InfoAsync(CancellationToken cancel = default);

    /// <summary>Sections with at least one segment, in order of their start.</summary>
    ValueTask<IReadOnlyList<SectionInfo>> SectionsAsync(SectionQuery query, CancellationToken cancel = default);

    /// <summary>One section, also one that has no segment yet; null when it is not here.</summary>
    ValueTask<SectionInfo?> SectionAsync(long sectionId, CancellationToken cancel = default);

    /// <summary>Whether a section is, was, or never was here.</summary>
    ValueTask<Presence> SectionPresenceAsync(long sectionId, CancellationToken cancel = default);

    /// <summary>
    /// How many discontinuities there were between a section's sound and the first that was ever stored, in the order in which it was stored.
    /// Never less for a later section than for an earlier one, whatever retention removes; only a predecessor's file, and one that an older
    /// release writes, tell of what they still have. Null when the section is not here or has no sound.
    /// </summary>
    ValueTask<long?> DiscontinuitiesAsync(long sectionId, CancellationToken cancel = default);

    /// <summary>The sections on both sides of an instant in ms.</summary>
    ValueTask<SectionNeighbours> NeighboursAsync(long timestampMs, CancellationToken cancel = default);

    /// <summary>Segments without their bytes, in id order.</summary>
    ValueTask<IReadOnlyList<SegmentInfo>> SegmentsAsync(SegmentQuery query, CancellationToken cancel = default);

    /// <summary>One segment with its bytes, or whether it ever was here.</summary>
    ValueTask<SegmentLookup> SegmentAsync(long segmentId, CancellationToken cancel = default);

    /// <summary>
    /// Shows segments with their bytes, for sync, ids inclusive, in order. At most <paramref name="maxCount"/>, and stops before the one that would
    /// pass <paramref name="maxBytes"/> (but always gives one, so that a reader moves on).
    /// </summary>
    ValueTask ReadSegmentsAsync(
        long fromId,
        long toId,
        int maxCount,
        long maxBytes,
        SegmentVisitor visit,
        CancellationToken cancel = default
    );

    /// <summary>Journal entries after a sequence number, in order; empty for a store without a journal.</summary>
    ValueTask<IReadOnlyList<Journal.JournalEntry>> JournalAsync(long afterSeq, int limit, CancellationToken cancel = default);

    /// <summary>Titles in time order.</summary>
    ValueTask<IReadOnlyList<TitleInfo>> TitlesAsync(TitleQuery query, CancellationToken cancel = default);

    /// <summary>Windows that share time with the range, in order.</summary>
    ValueTask<IReadOnlyList<WindowInfo>> WindowsAsync(UtcRange range, CancellationToken cancel = default);

    /// <summary>
    /// Windows, coverage and gaps inside the range. A window that is still open reaches to the range's end, so a caller that asks about
    /// today ends the range now.
    /// </summary>
    ValueTask<ShowTimeline> TimelineAsync(UtcRange range, CancellationToken cancel = default);

    /// <summary>The wall map of a section; null when it is not here.</summary>
    ValueTask<WallMap?> WallMapAsync(long sectionId, CancellationToken cancel = default);

    /// <summary>What is kept of a UTC range: per section the samples and the segments that hold them, in time order.</summary>
    ValueTask<IReadOnlyList<RangePart>> ResolveAsync(UtcRange range, CancellationToken cancel = default);
}
