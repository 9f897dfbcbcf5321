using AudioRelay.Storage;
using AudioRelay.Streams.Receiver.Status;
using AudioRelay.Streams.Sync.Client;

namespace AudioRelay.Streams.Receiver.Shows;

/// <summary>Why a show does not go on.</summary>
/// <param name="State">As the board says it.</param>
/// <param name="Detail">What a person should know, one line.</param>
internal sealed record SyncTrouble(ShowSyncState State, string Detail)
{
    /// <summary>True when it is the store that is in trouble, not the source.</summary>
    public bool IsTheStores => State is ShowSyncState.StoreFault or ShowSyncState.DiskFull or ShowSyncState.Fenced;

    /// <summary>True for what only a person can mend: it is looked at again slowly, and a single pass does not wait for it.</summary>
    public bool Lasts =>
        State
            is ShowSyncState.NotOffered
                or ShowSyncState.TokenRefused
                or ShowSyncState.NotARecorder
                or ShowSyncState.SourceReplaced
                or ShowSyncState.FormatChanged
                or ShowSyncState.Fenced;

    /// <summary>What an exception of a pull comes to; null for one that is a fault of ours.</summary>
    public static SyncTrouble? Of(Exception error) =>
        error switch
        {
            RecorderException e => new SyncTrouble(StateOf(e.Fault), e.Message),
            StorageException e => new SyncTrouble(StateOf(e.Fault), e.Message),
            _ => null,
        };

    private static ShowSyncState StateOf(RecorderFault fault) =>
        fault switch
        {
            RecorderFault.TokenRefused => ShowSyncState.TokenRefused,
            RecorderFault.NotARecorder => ShowSyncState.NotARecorder,
            RecorderFault.NoSuchShow or RecorderFault.Recipient => ShowSyncState.NotOffered,
            RecorderFault.BadAnswer => ShowSyncState.BadData,
            _ => ShowSyncState.RecorderAway,
        };

    private static ShowSyncState StateOf(StorageFault fault) =>
        fault switch
        {
            StorageFault.DiskFull => ShowSyncState.DiskFull,
            StorageFault.RuleBroken => ShowSyncState.BadData,
            StorageFault.Fenced => ShowSyncState.Fenced,
            _ => ShowSyncState.StoreFault,
        };
}
