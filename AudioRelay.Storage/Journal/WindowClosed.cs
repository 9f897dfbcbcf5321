namespace AudioRelay.Storage.Journal;

/// <summary>From here on the show is not wanted.</summary>
/// <param name="AtUs">UTC µs.</param>
public sealed record WindowClosed(long AtUs) : JournalBody;
