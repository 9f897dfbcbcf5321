namespace AudioRelay.EndToEnd.Support;

/// <summary>A segment in a recorder's or a receiver's store.</summary>
/// <param name="Id">Its id there.</param>
/// <param name="Source">The store it came from; empty in a recorder's.</param>
/// <param name="SourceId">Its id in that store; in a recorder's <paramref name="Id"/>.</param>
/// <param name="Sha256">As it is stored beside the bytes.</param>
/// <param name="Hash">Of the bytes, as they are.</param>
internal sealed record KeptSegment(
    long Id,
    string Source,
    long SourceId,
    long SectionId,
    long TimestampMs,
    long DurationSamples,
    long FirstSample,
    bool StartsSection,
    int Size,
    string Sha256,
    string Hash
);
