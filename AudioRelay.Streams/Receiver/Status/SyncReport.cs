namespace AudioRelay.Streams.Receiver.Status;

/// <summary>How the whole receiver stands, at one moment.</summary>
/// <param name="Remotes">The recorders, in the order of the configuration.</param>
/// <param name="Shows">The shows, by name.</param>
public sealed record SyncReport(IReadOnlyList<RemoteStatus> Remotes, IReadOnlyList<ShowSyncStatus> Shows)
{
    /// <summary>True while any show is pulling or queued: the predecessor's <c>in_progress</c>.</summary>
    public bool InProgress => Shows.Any(s => s.State is ShowSyncState.Pulling or ShowSyncState.Queued);
}
