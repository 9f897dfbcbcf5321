namespace AudioRelay.Http.SyncApi;

/// <summary>A segment as JSON, for clients that follow the text of the sync seed.</summary>
internal sealed record SyncSegment(
    long Id,
    long TimestampMs,
    int IsTimestampFromSource,
    byte[] AudioData,
    long SectionId,
    long DurationSamples
);
