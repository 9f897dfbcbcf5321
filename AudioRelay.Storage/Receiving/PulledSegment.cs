namespace AudioRelay.Storage.Receiving;

/// <summary>A segment as it came from a recorder, checked against its checksum.</summary>
/// <param name="SourceId">Its id in the recorder's store.</param>
/// <param name="SectionId">Its section; known here already, or opened by the journal of the same batch.</param>
/// <param name="StartsSection">True for the first segment of a section.</param>
/// <param name="DurationSamples">Programme samples in it.</param>
/// <param name="TimestampMs">UTC of its first sample in ms, as the recorder says.</param>
/// <param name="Data">The blob; borrowed until the commit has completed.</param>
/// <param name="Sha256">32 bytes, computed when it was recorded; empty from a version 1 recorder, then it is computed here.</param>
public readonly record struct PulledSegment(
    long SourceId,
    long SectionId,
    bool StartsSection,
    long DurationSamples,
    long TimestampMs,
    ReadOnlyMemory<byte> Data,
    ReadOnlyMemory<byte> Sha256
)
{
    /// <summary>True when <see cref="Data"/> was hashed since it came, and this was its hash: then it is not hashed again.</summary>
    public bool IsHashChecked { get; init; }
}
