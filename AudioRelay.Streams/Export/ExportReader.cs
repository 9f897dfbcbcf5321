using System.Runtime.CompilerServices;
using AudioRelay.Storage;

namespace AudioRelay.Streams.Export;

/// <summary>Reads a part's segments in small batches, each with its place on the chain's clock.</summary>
internal sealed class ExportReader(IShowReader reader)
{
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
                var section = segment.Info.SectionId == part.Section.Id ? part.Section : earlier;
                if (section is null || segment.Info.SectionId != section.Id)
                {
                    throw new ExportInterruptedException($"Segment {segment.Info.Id} is not of section {part.Section.Id}.");
                }

                var time = TimeOf(section, segment.Info);
                if (expected is not null && time != expected)
                {
                    throw new ExportInterruptedException($"Sound before segment {segment.Info.Id} is no longer kept.");
                }

                expected = section.EncoderDelay + section.ChainSamples + segment.Info.FirstSample + segment.Info.DurationSamples;
                yield return new PlacedSegment(segment, time);
            }

            next = batch[^1].Info.Id + 1;
        }
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
