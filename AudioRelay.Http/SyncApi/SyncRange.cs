namespace AudioRelay.Http.SyncApi;

/// <summary>The answer to <c>segment_range</c>.</summary>
internal sealed record SyncRange(long? MinId, long? MaxId);
