namespace AudioRelay.Storage;

/// <summary>A fixed point of a section's wall map.</summary>
/// <param name="Sample">Programme sample of the section.</param>
/// <param name="UtcUs">UTC at that sample in µs.</param>
/// <param name="Cause">How the map gets there from the anchor before.</param>
public readonly record struct Anchor(long Sample, long UtcUs, AnchorCause Cause);
