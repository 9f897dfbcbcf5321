using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Timeline;

namespace AudioRelay.Http.Tests.Support;

/// <summary>A reader that passes everything on to another, for those that do one thing otherwise. Does not close the one inside.</summary>
public abstract class PassingReader(IShowReader inner) : IShowReader
{
    public virtual ValueTask<ShowInfo> InfoAsync(CancellationToken cancel = default) => inner.InfoAsync(cancel);

    public virtual ValueTask<IReadOnlyList<SectionInfo>> SectionsAsync(SectionQuery query, CancellationToken cancel = default) =>
        inner.SectionsAsync(query, cancel);

    public virtual ValueTask<SectionInfo?> SectionAsync(long sectionId, CancellationToken cancel = default) =>
        inner.SectionAsync(sectionId, cancel);

    public virtual ValueTask<Presence> SectionPresenceAsync(long sectionId, CancellationToken cancel = default) =>
        inner.SectionPresenceAsync(sectionId, cancel);

    public virtual ValueTask<long?> DiscontinuitiesAsync(long sectionId, CancellationToken cancel = default) =>
        inner.DiscontinuitiesAsync(sectionId, cancel);

    public virtual ValueTask<SectionNeighbours> NeighboursAsync(long timestampMs, CancellationToken cancel = default) =>
        inner.NeighboursAsync(timestampMs, cancel);

    public virtual ValueTask<IReadOnlyList<SegmentInfo>> SegmentsAsync(SegmentQuery query, CancellationToken cancel = default) =>
        inner.SegmentsAsync(query, cancel);

    public virtual ValueTask<SegmentLookup> SegmentAsync(long segmentId, CancellationToken cancel = default) =>
        inner.SegmentAsync(segmentId, cancel);

    public virtual ValueTask ReadSegmentsAsync(
        long fromId,
        long toId,
        int maxCount,
        long maxBytes,
        SegmentVisitor visit,
        CancellationToken cancel = default
    ) => inner.ReadSegmentsAsync(fromId, toId, maxCount, maxBytes, visit, cancel);

    public virtual ValueTask<IReadOnlyList<JournalEntry>> JournalAsync(long afterSeq, int limit, CancellationToken cancel = default) =>
        inner.JournalAsync(afterSeq, limit, cancel);

    public virtual ValueTask<IReadOnlyList<TitleInfo>> TitlesAsync(TitleQuery query, CancellationToken cancel = default) =>
        inner.TitlesAsync(query, cancel);

    public virtual ValueTask<IReadOnlyList<WindowInfo>> WindowsAsync(UtcRange range, CancellationToken cancel = default) =>
        inner.WindowsAsync(range, cancel);

    public virtual ValueTask<ShowTimeline> TimelineAsync(UtcRange range, CancellationToken cancel = default) =>
        inner.TimelineAsync(range, cancel);

    public virtual ValueTask<WallMap?> WallMapAsync(long sectionId, CancellationToken cancel = default) =>
        inner.WallMapAsync(sectionId, cancel);

    public virtual ValueTask<IReadOnlyList<RangePart>> ResolveAsync(UtcRange range, CancellationToken cancel = default) =>
        inner.ResolveAsync(range, cancel);

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
