namespace AudioRelay.EndToEnd.Support;

/// <summary>A row of <c>segments</c>.</summary>
internal sealed record StoredSegment(long Id, long SectionId, long TimestampMs, long DurationSamples, byte[] Data);
