using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Timeline;

namespace AudioRelay.Http.Tests.Support;

/// <summary>A reader that counts how often segments are fetched from it. Does not close the one inside.</summary>
public sealed class CountingReader(IShowReader inner) : IShowReader
{
    private int _segmentReads;

    public int SegmentReads => _segmentReads;

    public ValueTask<SegmentLookup> SegmentAsync(long segmentId, CancellationToken cancel = default)
    {
        Interlocked.Increment(ref _segmentReads);
        return inner.SegmentAsync(segmentId, cancel);
    }

    public ValueTask<ShowInfo> InfoAsync(CancellationToken cancel = default) => inner.InfoAsync(cancel);

    public ValueTask<IReadOnlyList<SectionInfo>> SectionsAsync(SectionQuery query, CancellationToken cancel = default) =>
        inner.SectionsAsync(query, cancel);

    public ValueTask<SectionInfo?> SectionAsync(long sectionId, CancellationToken cancel = default) =>
        inner.SectionAsync(sectionId, cancel);

    public ValueTask<Presence> SectionPresenceAsync(long sectionId, CancellationToken cancel = default) =>
        inner.SectionPresenceAsync(sectionId, cancel);

    public ValueTask<SectionNeighbours> NeighboursAsync(long timestampMs, CancellationToken cancel = default) =>
        inner.NeighboursAsync(timestampMs, cancel);

    public ValueTask<IReadOnlyList<SegmentInfo>> SegmentsAsync(SegmentQuery query, CancellationToken cancel = default) =>
        inner.SegmentsAsync(query, cancel);

    public ValueTask<IReadOnlyList<Segment>> ReadSegmentsAsync(
        long fromId,
        long toId,
        int maxCount,
        long maxBytes,
        CancellationToken cancel = default
    ) => inner.ReadSegmentsAsync(fromId, toId, maxCount, maxBytes, cancel);

    public ValueTask<IReadOnlyList<JournalEntry>> JournalAsync(long afterSeq, int limit, CancellationToken cancel = default) =>
        inner.JournalAsync(afterSeq, limit, cancel);

    public ValueTask<IReadOnlyList<TitleInfo>> TitlesAsync(TitleQuery query, CancellationToken cancel = default) =>
        inner.TitlesAsync(query, cancel);

    public ValueTask<IReadOnlyList<WindowInfo>> WindowsAsync(UtcRange range, CancellationToken cancel = default) =>
        inner.WindowsAsync(range, cancel);

    public ValueTask<ShowTimeline> TimelineAsync(UtcRange range, CancellationToken cancel = default) => inner.TimelineAsync(range, cancel);

    public ValueTask<WallMap?> WallMapAsync(long sectionId, CancellationToken cancel = default) => inner.WallMapAsync(sectionId, cancel);

    public ValueTask<IReadOnlyList<RangePart>> ResolveAsync(UtcRange range, CancellationToken cancel = default) =>
        inner.ResolveAsync(range, cancel);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
