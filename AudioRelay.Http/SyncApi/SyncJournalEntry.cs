namespace AudioRelay.Http.SyncApi;

/// <summary>A journal entry; the body is the stored JSON.</summary>
internal sealed record SyncJournalEntry(long Seq, long AtUs, string Kind, System.Text.Json.JsonElement Body);
