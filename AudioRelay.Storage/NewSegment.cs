namespace AudioRelay.Storage;

/// <summary>A segment on its way into the store, which gives it its id and its hash.</summary>
/// <param name="SectionId">An open section of the show.</param>
/// <param name="FirstSample">Must be the section's next sample: no hole and no repeat inside a section.</param>
/// <param name="DurationSamples">Programme samples in it.</param>
/// <param name="TimestampMs">The wall map's value at its first sample, in ms.</param>
/// <param name="Data">The blob; borrowed until the commit has completed, so it may come from a pool.</param>
public readonly record struct NewSegment(
    long SectionId,
    long FirstSample,
    long DurationSamples,
    long TimestampMs,
    ReadOnlyMemory<byte> Data
);
