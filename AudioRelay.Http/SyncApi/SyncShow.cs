namespace AudioRelay.Http.SyncApi;

/// <summary>One show of the list.</summary>
internal sealed record SyncShow(string Name, string DatabaseFile, long MinId, long MaxId, string UniqueId);
