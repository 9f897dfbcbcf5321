using System.Text.Json.Serialization;

namespace AudioRelay.Http.SyncApi;

/// <summary>How far a show reaches, as an event.</summary>
internal sealed record SyncPosition(
    [property: JsonPropertyName("show")] string Show,
    [property: JsonPropertyName("store")] string Store,
    [property: JsonPropertyName("max_id")] long MaxId,
    [property: JsonPropertyName("journal_seq")] long JournalSeq
);
