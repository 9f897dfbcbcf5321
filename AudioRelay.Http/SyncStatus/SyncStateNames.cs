using AudioRelay.Streams.Receiver.Status;

namespace AudioRelay.Http.SyncStatus;

/// <summary>What a show's sync state is called in answers; part of the contract, so said here and not made from names in the code.</summary>
internal static class SyncStateNames
{
    public static string WireName(this ShowSyncState state) =>
        state switch
        {
            ShowSyncState.Starting => "starting",
            ShowSyncState.UpToDate => "up_to_date",
            ShowSyncState.Pulling => "pulling",
            ShowSyncState.Queued => "queued",
            ShowSyncState.RecorderAway => "recorder_away",
            ShowSyncState.NotOffered => "not_offered",
            ShowSyncState.TokenRefused => "token_refused",
            ShowSyncState.NotARecorder => "not_a_recorder",
            ShowSyncState.SourceReplaced => "source_replaced",
            ShowSyncState.FormatChanged => "format_changed",
            ShowSyncState.BadData => "bad_data",
            ShowSyncState.Fenced => "fenced",
            ShowSyncState.DiskFull => "disk_full",
            ShowSyncState.StoreFault => "store_fault",
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, "A state that has no name yet."),
        };
}
