namespace AudioRelay.Storage.Receiving;

/// <summary>A section of a received store that has not ended.</summary>
/// <param name="Id">The section, the same as at the source.</param>
/// <param name="Rate">Samples per second.</param>
/// <param name="Samples">Programme samples that are here.</param>
/// <param name="Segments">Segments that are here.</param>
/// <param name="StartUs">UTC of its start anchor, µs; null while there is none.</param>
/// <param name="EndUs">UTC after its last sample, µs.</param>
/// <param name="Pending">Its end, when the source has told it already.</param>
internal sealed record ReceivedSection(
    long Id,
    int Rate,
    long Samples,
    long Segments,
    long? StartUs,
    long EndUs,
    PendingEnd? Pending = null
);
