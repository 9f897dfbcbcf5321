namespace AudioRelay.Http.Playback;

/// <summary>What is known about a stretch of time.</summary>
internal sealed record TimelineAnswer(
    IReadOnlyList<TimelineAnswer.Stretch> Windows,
    IReadOnlyList<TimelineAnswer.Section> Sections,
    IReadOnlyList<TimelineAnswer.GapStretch> Gaps,
    IReadOnlyList<TimelineAnswer.Title> Titles
)
{
    internal sealed record Stretch(long FromMs, long ToMs);

    internal sealed record Section(long SectionId, long FromMs, long ToMs, bool Ended);

    internal sealed record GapStretch(long FromMs, long ToMs, string Cause, string? Detail);

    internal sealed record Title(long SectionId, long TimestampMs, string Text);
}
