using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Timeline;

namespace AudioRelay.Http.Tests.Export;

/// <summary>A store under another name: what a foreign recorder might call its show.</summary>
internal sealed class RenamedReader(IShowReader inner, string name) : IShowReader
{
    public async ValueTask<ShowInfo> InfoAsync(CancellationToken cancel = default) => await inner.InfoAsync(cancel) with { Name = name };

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

    public ValueTask<SegmentLookup> SegmentAsync(long segmentId, CancellationToken cancel = default) =>
        inner.SegmentAsync(segmentId, cancel);

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

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
