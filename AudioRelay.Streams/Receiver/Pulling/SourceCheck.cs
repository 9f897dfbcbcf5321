using AudioRelay.Storage.Receiving;
using AudioRelay.Streams.Receiver.Shows;
using AudioRelay.Streams.Receiver.Status;
using AudioRelay.Streams.Sync.Client;

namespace AudioRelay.Streams.Receiver.Pulling;

/// <summary>Whether what a recorder offers is what is kept here.</summary>
internal static class SourceCheck
{
    /// <summary>The schema version all recorders have, the predecessor's too.</summary>
    public const string Version = "4";

    /// <summary>Whether a source can be received at all; null when it can.</summary>
    public static SyncTrouble? Offer(ShowMetadata source) =>
        source.IsRecipient
            ? new SyncTrouble(ShowSyncState.NotOffered, $"'{source.Name}' is not recorded there but received; pull it from its recorder.")
        : source.Version != Version
            ? new SyncTrouble(
                ShowSyncState.FormatChanged,
                $"The recorder's store has version {source.Version}, and this release reads version {Version}."
            )
        : null;

    /// <summary>Whether a source goes on with what is kept; null when it does.</summary>
    /// <param name="kept">What was kept so far.</param>
    /// <param name="at">How far it was pulled, and from which store.</param>
    /// <param name="source">What the recorder says.</param>
    public static SyncTrouble? GoesOn(SourceShow kept, SyncCheckpoint at, ShowMetadata source)
    {
        if (Offer(source) is { } refused)
        {
            return refused;
        }

        if (source.UniqueId != at.SourceStore)
        {
            return new SyncTrouble(
                ShowSyncState.SourceReplaced,
                $"The recorder's store is {source.UniqueId}, and what is kept here came from {at.SourceStore}. It stays playable; "
                    + $"to go on with the new one: audiorelay replace-source --show '{kept.Name}'"
            );
        }

        if (source.AudioFormat != kept.AudioFormat || source.Bitrate != kept.Bitrate)
        {
            return new SyncTrouble(
                ShowSyncState.FormatChanged,
                $"The recorder's format is {Format(source.AudioFormat, source.Bitrate)}, and here it is "
                    + $"{Format(kept.AudioFormat, kept.Bitrate)}: record it under another name."
            );
        }

        return GoneBack(at, source) is { } how
            ? new SyncTrouble(
                ShowSyncState.SourceReplaced,
                $"The recorder's store has gone back in time ({how}), as after restoring a backup. What is kept here stays playable; "
                    + $"to go on: audiorelay replace-source --show '{kept.Name}'"
            )
            : null;
    }

    private static string? GoneBack(SyncCheckpoint at, ShowMetadata source)
    {
        var seq = source.JournalSeq ?? 0;
        // An old recorder has only its newest segment to tell by: it is the last that retention removes. One with a journal may hold an older
        // one longer.
        return seq < at.JournalSeq ? $"journal entry {seq} after {at.JournalSeq}"
            : source.JournalSeq is null && source.MaxId > 0 && source.MaxId < at.NextId - 1
                ? $"segment {source.MaxId} after {at.NextId - 1}"
            : null;
    }

    private static string Format(string format, string bitrate) => bitrate is "" or "0" ? format : $"{format} at {bitrate} kbit/s";
}
