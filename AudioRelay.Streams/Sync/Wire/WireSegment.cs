namespace AudioRelay.Streams.Sync.Wire;

/// <summary>One segment as it travels from recorder to receiver.</summary>
/// <param name="Id">The recorder's segment id.</param>
/// <param name="TimestampMs">UTC of the first sample, ms.</param>
/// <param name="StartsSection">The predecessor's <c>is_timestamp_from_source</c>.</param>
/// <param name="SectionId">The section it belongs to.</param>
/// <param name="DurationSamples">Length in samples at the show's rate.</param>
/// <param name="Data">The stored bytes.</param>
/// <param name="Sha256">32 bytes computed when it was recorded; empty in version 1.</param>
public readonly record struct WireSegment(
    long Id,
    long TimestampMs,
    bool StartsSection,
    long SectionId,
    long DurationSamples,
    ReadOnlyMemory<byte> Data,
    ReadOnlyMemory<byte> Sha256
);
