using System.Runtime.CompilerServices;
using AudioRelay.Storage;

namespace AudioRelay.Streams.Export;

/// <summary>Reads a part's segments in small batches, each with its place on the chain's clock.</summary>
internal sealed class ExportReader(IShowReader reader)
{
    private const int ListCount = 1000;
    private const int BatchCount = 64;
    private const long BatchBytes = 512 * 1024;

    /// <summary>So many segments before the first one are looked at for lead-in: the shortest a splitter cuts are a second.</summary>
    private const int LeadInSegments = 2;

    /// <summary>The part's segments.</summary>
    /// <param name="part">The part.</param>
    /// <param name="leadIn">True to begin earlier where the chain has earlier sound, for a decoder to settle on.</param>
    /// <param name="cancel">Ends it.</param>
    public async IAsyncEnumerable<PlacedSegment> ReadAsync(
        ExportPart part,
        bool leadIn,
        [EnumeratorCancellation] CancellationToken cancel = default
    )
    {
        var next = leadIn ? await LeadInFromAsync(part, cancel) : part.FirstSegmentId;
        var earlier = part.Section.Continues is { } id && leadIn ? await reader.SectionAsync(id, cancel) : null;
        long? expected = null;
        while (next <= part.LastSegmentId)
        {
            var batch = await reader.ReadSegmentsAsync(next, part.LastSegmentId, BatchCount, BatchBytes, cancel);
            if (batch.Count == 0)
            {
                throw new ExportInterruptedException($"Segment {next} of section {part.Section.Id} is no longer kept.");
            }

            foreach (var segment in batch)
            {
                var time = Place(segment.Info, part, earlier, ref expected);
                yield return new PlacedSegment(segment, time);
            }

            next = batch[^1].Info.Id + 1;
        }
    }

    /// <summary>The part's segments without their sound.</summary>
    /// <inheritdoc cref="ReadAsync(ExportPart, bool, CancellationToken)"/>
    public async IAsyncEnumerable<(SegmentInfo Info, long Time)> ListAsync(
        ExportPart part,
        bool leadIn,
        [EnumeratorCancellation] CancellationToken cancel = default
    )
    {
        var next = leadIn ? await LeadInFromAsync(part, cancel) : part.FirstSegmentId;
        var earlier = part.Section.Continues is { } id && leadIn ? await reader.SectionAsync(id, cancel) : null;
        long? expected = null;
        while (next <= part.LastSegmentId)
        {
            var list = await reader.SegmentsAsync(new SegmentQuery(next, part.LastSegmentId, Limit: ListCount), cancel);
            if (list.Count == 0)
            {
                throw new ExportInterruptedException($"Segment {next} of section {part.Section.Id} is no longer kept.");
            }

            foreach (var info in list)
            {
                yield return (info, Place(info, part, earlier, ref expected));
            }

            next = list[^1].Id + 1;
        }
    }

    /// <summary>One segment's sound.</summary>
    public async ValueTask<Segment> ReadAsync(SegmentInfo info, CancellationToken cancel) =>
        (await reader.SegmentAsync(info.Id, cancel)).Segment
        ?? throw new ExportInterruptedException($"Segment {info.Id} of section {info.SectionId} is no longer kept.");

    // Nothing is left out unseen: each segment begins where the one before ended.
    private static long Place(SegmentInfo info, ExportPart part, SectionInfo? earlier, ref long? expected)
    {
        var section = info.SectionId == part.Section.Id ? part.Section : earlier;
        if (section is null || info.SectionId != section.Id)
        {
            throw new ExportInterruptedException($"Segment {info.Id} is not of section {part.Section.Id}.");
        }

        var time = TimeOf(section, info);
        if (expected is not null && time != expected)
        {
            throw new ExportInterruptedException($"Sound before segment {info.Id} is no longer kept.");
        }

        expected = section.EncoderDelay + section.ChainSamples + info.FirstSample + info.DurationSamples;
        return time;
    }

    // The first segment of a chain carries the encoder's delay inside.
    private static long TimeOf(SectionInfo section, SegmentInfo segment)
    {
        var before = section.ChainSamples + segment.FirstSample;
        return before == 0 ? 0 : section.EncoderDelay + before;
    }

    private async ValueTask<long> LeadInFromAsync(ExportPart part, CancellationToken cancel)
    {
        var query = new SegmentQuery(FromId: part.FirstSegmentId - LeadInSegments, ToId: part.FirstSegmentId - 1);
        var from = part.FirstSegmentId;
        foreach (var segment in (await reader.SegmentsAsync(query, cancel)).Reverse())
        {
            if (segment.Id != from - 1 || (segment.SectionId != part.Section.Id && segment.SectionId != part.Section.Continues))
            {
                break;
            }

            from = segment.Id;
        }

        return from;
    }
}
