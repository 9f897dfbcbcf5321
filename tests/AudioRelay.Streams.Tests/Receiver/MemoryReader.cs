using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Timeline;

namespace AudioRelay.Streams.Tests.Receiver;

/// <summary>The little that a receiver's actors ask of a store's reader.</summary>
internal sealed class MemoryReader(MemoryStore.Kept kept) : IShowReader
{
    public ValueTask<ShowInfo> InfoAsync(CancellationToken cancel = default)
    {
        var s = kept.Source;
        long? max = kept.Segments.Count == 0 ? null : kept.Segments.Count;
        return new(
            new ShowInfo(
                $"local_{s.Name}",
                s.Name,
                s.AudioFormat,
                s.Bitrate,
                s.SampleRate,
                "4",
                true,
                max is null ? null : 1,
                max,
                kept.Journal.Count
            )
        );
    }

    public ValueTask<IReadOnlyList<SectionInfo>> SectionsAsync(SectionQuery query, CancellationToken cancel = default)
    {
        var sections = kept
            .Segments.GroupBy(s => s.Section)
            .Select(g => new SectionInfo
            {
                Id = g.Key,
                StartUs = g.Key,
                StartTimestampMs = g.Key / 1000,
                Codec = "opus",
                AudioFormat = "opus",
                Rate = MemoryShow.Rate,
                Channels = 1,
                EncoderDelay = 0,
                FrameSamples = 960,
                Samples = g.Count() * (long)MemoryShow.Rate,
                Segments = g.Count(),
                EndUs = g.Key + (g.Count() * 1_000_000L),
                Ended = false,
            });
        sections = query.Descending ? sections.OrderByDescending(s => s.StartUs) : sections.OrderBy(s => s.StartUs);
        return new([.. sections.Take(query.Limit ?? int.MaxValue)]);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public ValueTask<SectionInfo?> SectionAsync(long sectionId, CancellationToken cancel = default) => throw Unasked();

    public ValueTask<Presence> SectionPresenceAsync(long sectionId, CancellationToken cancel = default) => throw Unasked();

    public ValueTask<long?> DiscontinuitiesAsync(long sectionId, CancellationToken cancel = default) => throw Unasked();

    public ValueTask<SectionNeighbours> NeighboursAsync(long timestampMs, CancellationToken cancel = default) => throw Unasked();

    public ValueTask<IReadOnlyList<SegmentInfo>> SegmentsAsync(SegmentQuery query, CancellationToken cancel = default) => throw Unasked();

    public ValueTask<SegmentLookup> SegmentAsync(long segmentId, CancellationToken cancel = default) => throw Unasked();

    public ValueTask ReadSegmentsAsync(
        long fromId,
        long toId,
        int maxCount,
        long maxBytes,
        SegmentVisitor visit,
        CancellationToken cancel = default
    ) => throw Unasked();

    public ValueTask<IReadOnlyList<JournalEntry>> JournalAsync(long afterSeq, int limit, CancellationToken cancel = default) =>
        throw Unasked();

    public ValueTask<IReadOnlyList<TitleInfo>> TitlesAsync(TitleQuery query, CancellationToken cancel = default) => throw Unasked();

    public ValueTask<IReadOnlyList<WindowInfo>> WindowsAsync(UtcRange range, CancellationToken cancel = default) => throw Unasked();

    public ValueTask<ShowTimeline> TimelineAsync(UtcRange range, CancellationToken cancel = default) => throw Unasked();

    public ValueTask<WallMap?> WallMapAsync(long sectionId, CancellationToken cancel = default) => throw Unasked();

    public ValueTask<IReadOnlyList<RangePart>> ResolveAsync(UtcRange range, CancellationToken cancel = default) => throw Unasked();

    private static NotSupportedException Unasked() => new("No actor asks this.");
}
