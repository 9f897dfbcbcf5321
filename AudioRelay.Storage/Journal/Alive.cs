namespace AudioRelay.Storage.Journal;

/// <summary>The recorder was running at this moment.</summary>
/// <param name="AtUs">UTC µs.</param>
public sealed record Alive(long AtUs) : JournalBody;
