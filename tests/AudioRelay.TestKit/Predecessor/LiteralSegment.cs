namespace AudioRelay.TestKit.Predecessor;

/// <summary>A segment with the predecessor's columns.</summary>
public sealed record LiteralSegment(
    long Id,
    long TimestampMs,
    int IsTimestampFromSource,
    long SectionId,
    long DurationSamples,
    byte[] Audio
);
