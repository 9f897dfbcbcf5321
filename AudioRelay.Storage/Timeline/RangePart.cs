namespace AudioRelay.Storage.Timeline;

/// <summary>What one section gives to a range.</summary>
/// <param name="Section">The section.</param>
/// <param name="FromSample">First programme sample in the range.</param>
/// <param name="UntilSample">Sample after the last one in the range.</param>
/// <param name="FirstSegmentId">The segment that holds the first sample.</param>
/// <param name="LastSegmentId">The segment that holds the last sample.</param>
public sealed record RangePart(SectionInfo Section, long FromSample, long UntilSample, long FirstSegmentId, long LastSegmentId);
