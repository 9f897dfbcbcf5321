namespace AudioRelay.Http.SyncApi;

/// <summary>The answer to <c>…/journal</c>.</summary>
internal sealed record SyncJournal(string UniqueId, IReadOnlyList<SyncJournalEntry> Entries);
