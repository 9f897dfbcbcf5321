namespace AudioRelay.Storage.Journal;

/// <summary>Retention removed a section (kind <c>retention</c>).</summary>
/// <param name="Section">The section.</param>
/// <param name="FromUs">Start of the time it covered, UTC µs.</param>
/// <param name="UntilUs">End of that time.</param>
/// <param name="FirstSegmentId">Its first segment.</param>
/// <param name="LastSegmentId">Its last segment.</param>
public sealed record SectionRemoved(long Section, long FromUs, long UntilUs, long? FirstSegmentId, long? LastSegmentId) : JournalBody;
