namespace AudioRelay.Storage.Journal;

/// <summary>A section is complete.</summary>
/// <param name="Section">The section.</param>
/// <param name="Cause">Why it ended.</param>
/// <param name="Samples">Programme samples it has; must be what was committed.</param>
/// <param name="Padding">Samples after the programme in its last frame.</param>
/// <param name="AtUs">When it ended, UTC µs.</param>
public sealed record SectionClosed(long Section, EndCause Cause, long Samples, int Padding, long AtUs) : JournalBody;
