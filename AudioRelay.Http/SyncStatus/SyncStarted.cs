namespace AudioRelay.Http.SyncStatus;

/// <summary>What came of asking for a sync.</summary>
/// <param name="Message">For people.</param>
/// <param name="AlreadyInProgress">Nothing was started since everything was being pulled already.</param>
internal sealed record SyncStarted(string Message, bool AlreadyInProgress);
