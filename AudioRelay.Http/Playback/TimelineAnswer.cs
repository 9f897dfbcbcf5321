namespace AudioRelay.Http.Playback;

/// <summary>What is known about a stretch of time.</summary>
/// <param name="Windows">When sound was wanted.</param>
/// <param name="Sections">When there is sound.</param>
/// <param name="Gaps">When there is none although it was wanted, and why.</param>
/// <param name="Titles">What was played; the oldest 10,000.</param>
/// <param name="KnownUntilUs">UTC µs up to which that is known: what lies after it is neither there nor missing yet.</param>
/// <param name="Live">How near the newest sound is, whatever stretch was asked for.</param>
internal sealed record TimelineAnswer(
    IReadOnlyList<TimelineAnswer.Stretch> Windows,
    IReadOnlyList<TimelineAnswer.Section> Sections,
    IReadOnlyList<TimelineAnswer.GapStretch> Gaps,
    IReadOnlyList<TimelineAnswer.Title> Titles,
    long KnownUntilUs,
    LiveAnswer Live
)
{
    internal sealed record Stretch(long FromMs, long ToMs);

    internal sealed record Section(long SectionId, long FromMs, long ToMs, bool Ended);

    internal sealed record GapStretch(long FromMs, long ToMs, string Cause, string? Detail);

    internal sealed record Title(long SectionId, long TimestampMs, string Text);
}
