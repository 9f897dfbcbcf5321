namespace AudioRelay.Http.SyncApi;

/// <summary>A section as the predecessor lists it.</summary>
internal sealed record SyncSection(long Id, long StartTimestampMs);
