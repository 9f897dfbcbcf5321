namespace AudioRelay.Storage.Timeline;

/// <summary>Which segment of a section is probably heard at an instant: by index, as the predecessor's <c>estimate_segment</c> does.</summary>
/// <param name="Outcome">Whether the instant lies in the section.</param>
/// <param name="SegmentId">The estimate, when it does.</param>
/// <param name="StartMs">The section's start.</param>
/// <param name="EndMs">The section's end, still part of it; null when it has no segment.</param>
public sealed record SegmentEstimate(EstimateOutcome Outcome, long? SegmentId, long StartMs, long? EndMs)
{
    /// <summary>Estimates; both ends of the section are part of it.</summary>
    public static SegmentEstimate Of(SectionInfo section, long timestampMs)
    {
        var startMs = section.StartTimestampMs;
        if (section is not { FirstSegmentId: { } first, LastSegmentId: { } last })
        {
            return new SegmentEstimate(EstimateOutcome.NoSegments, null, startMs, null);
        }

        var totalMs = section.DurationMs;
        var endMs = startMs + totalMs;
        if (timestampMs < startMs || timestampMs > endMs)
        {
            var outcome = timestampMs < startMs ? EstimateOutcome.BeforeStart : EstimateOutcome.AfterEnd;
            return new SegmentEstimate(outcome, null, startMs, endMs);
        }

        var part = totalMs == 0 ? 0 : (double)(timestampMs - startMs) / totalMs;
        var offset = (long)Math.Round(part * (last - first), MidpointRounding.AwayFromZero);
        return new SegmentEstimate(EstimateOutcome.Found, Math.Clamp(first + offset, first, last), startMs, endMs);
    }
}
