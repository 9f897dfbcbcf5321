namespace AudioRelay.Storage;

/// <summary>A stored piece of a section, without its bytes.</summary>
/// <param name="Id">Grows by one in the show's single writer, never used twice.</param>
/// <param name="SectionId">The section it belongs to.</param>
/// <param name="FirstSample">The programme sample of the section it begins with.</param>
/// <param name="DurationSamples">Programme samples in it.</param>
/// <param name="TimestampMs">UTC of its first sample in ms.</param>
/// <param name="StartsSection">True for the first segment of a section.</param>
/// <param name="Size">Bytes of the blob.</param>
/// <param name="Sha256">The hash taken when it was recorded, when it was asked for and is known.</param>
public sealed record SegmentInfo(
    long Id,
    long SectionId,
    long FirstSample,
    long DurationSamples,
    long TimestampMs,
    bool StartsSection,
    int Size,
    byte[]? Sha256 = null
);
