using AudioRelay.Storage.Receiving;
using AudioRelay.Streams.Receiver.Status;

namespace AudioRelay.Streams.Receiver.Shows;

/// <summary>
/// A recorder that offers what is kept here from another one: mostly two of the configuration whose names or addresses were exchanged. To
/// replace the source, as is right for a store that was lost, would put one station's sound behind another's.
/// </summary>
internal static class ExchangedRecorders
{
    /// <summary>What to say of a show whose recorder offers another's.</summary>
    /// <param name="kept">The show.</param>
    /// <param name="other">The show here that is kept from what the recorder offers.</param>
    public static SyncTrouble Trouble(SourceShow kept, SourceShow other) =>
        new(ShowSyncState.SourceReplaced, $"{Text(kept, other)} If they were not: audiorelay replace-source --show '{kept.Name}'");

    /// <summary>The same for who wants to replace the source.</summary>
    public static string Text(SourceShow kept, SourceShow other) =>
        $"What the recorder '{kept.Remote}' offers as '{kept.SourceName}' is kept here as '{other.Name}', from '{other.Remote}'. "
        + "If the two were exchanged in the configuration, exchange them back and restart: nothing is lost.";
}
