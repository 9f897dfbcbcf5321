using AudioRelay.Storage.Journal;

namespace AudioRelay.Storage.Receiving;

/// <summary>An entry for the journal of a received store.</summary>
/// <param name="AtUs">When it was written at the source, UTC µs.</param>
/// <param name="Body">What happened.</param>
internal sealed record PlannedEntry(long AtUs, JournalBody Body);
