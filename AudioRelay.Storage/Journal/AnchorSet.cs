namespace AudioRelay.Storage.Journal;

/// <summary>The section's wall map gets a fixed point.</summary>
/// <param name="Section">The section.</param>
/// <param name="Sample">Programme sample; not before the anchor before.</param>
/// <param name="UtcUs">UTC there in µs.</param>
/// <param name="Cause">How the map gets there.</param>
public sealed record AnchorSet(long Section, long Sample, long UtcUs, AnchorCause Cause) : JournalBody;
