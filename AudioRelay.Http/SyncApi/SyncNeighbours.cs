namespace AudioRelay.Http.SyncApi;

/// <summary>The answer to <c>find_by_timestamp</c>.</summary>
internal sealed record SyncNeighbours(
    SyncSection? AfterSection,
    SyncSection? BeforeOrEqualSection,
    string SourceUniqueId,
    long MinId,
    long MaxId
);
