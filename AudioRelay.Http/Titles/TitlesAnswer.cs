namespace AudioRelay.Http.Titles;

/// <summary>Titles, newest first.</summary>
/// <param name="Titles">At most as many as were asked for; a few more when several began in the same microsecond.</param>
/// <param name="More">There are older ones: ask again with <c>before_us</c> of the last.</param>
/// <param name="Unread">Shows whose stores could not be read.</param>
internal sealed record TitlesAnswer(IReadOnlyList<TitlesAnswer.Title> Titles, bool More, IReadOnlyList<string> Unread)
{
    /// <summary>A title and where it is.</summary>
    /// <param name="Show">The show.</param>
    /// <param name="SectionId">Its section.</param>
    /// <param name="Sample">The programme sample it began at.</param>
    /// <param name="UtcUs">When that was, UTC µs.</param>
    /// <param name="Text">As the station wrote it.</param>
    internal sealed record Title(string Show, long SectionId, long Sample, long UtcUs, string Text);
}
