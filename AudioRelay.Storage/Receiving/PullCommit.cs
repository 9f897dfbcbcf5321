namespace AudioRelay.Storage.Receiving;

/// <summary>What a commit of a pull has done.</summary>
/// <param name="Checkpoint">Where to go on.</param>
/// <param name="Stored">The local ids it gave out and how far the store reaches now.</param>
public sealed record PullCommit(SyncCheckpoint Checkpoint, CommitResult Stored);
