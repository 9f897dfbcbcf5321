namespace AudioRelay.Http.SyncApi;

/// <summary>The answer to <c>GET /api/sync/shows</c>.</summary>
internal sealed record SyncShows(IReadOnlyList<SyncShow> Shows);
