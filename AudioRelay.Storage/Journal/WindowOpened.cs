namespace AudioRelay.Storage.Journal;

/// <summary>From here on the show is wanted.</summary>
/// <param name="FromUs">UTC µs.</param>
public sealed record WindowOpened(long FromUs) : JournalBody;
