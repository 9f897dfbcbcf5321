namespace AudioRelay.Storage.Journal;

/// <summary>A title begins.</summary>
/// <param name="Section">The section.</param>
/// <param name="Sample">The programme sample it begins at.</param>
/// <param name="Text">The title.</param>
public sealed record TitleSet(long Section, long Sample, string Text) : JournalBody;
