using System.Security.Cryptography;
using AudioRelay.Storage.Receiving;
using AudioRelay.Streams.Receiver.Shows;
using AudioRelay.Streams.Receiver.Status;
using AudioRelay.Streams.Sync.Client;

namespace AudioRelay.Streams.Receiver.Pulling;

/// <summary>
/// Whether a recorder has under the newest id that is here what is here under it. One that was put back from a backup and has recorded past
/// that id since looks the same otherwise, and what it gave the ids in between would be missing without a word.
/// </summary>
internal static class SameSound
{
    private const int MostBytes = 1 << 20; // of one segment; it comes in any case

    /// <summary>Compares; null when it is the same, or one of the two has it no more.</summary>
    /// <param name="client">The recorder.</param>
    /// <param name="store">What is kept.</param>
    /// <param name="source">What the recorder says of the show.</param>
    /// <param name="token">Gives up.</param>
    public static async Task<SyncTrouble?> CheckAsync(
        IRecorderClient client,
        IReceivedStore store,
        ShowMetadata source,
        CancellationToken token
    )
    {
        if (await store.NewestPulledAsync(token) is not { SourceId: var id } newest || id < source.MinId || id > source.MaxId)
        {
            return null;
        }

        using var answer = await client.SegmentsAsync(store.Source.SourceName, id, id, 1, MostBytes, token);
        return answer.Segments is not [var there] || newest.Sha256.Span.SequenceEqual(SHA256.HashData(there.Data.Span))
            ? null
            : new SyncTrouble(
                ShowSyncState.SourceReplaced,
                $"The recorder's store has other sound as segment {id} than it gave before: it has gone back in time, as after restoring a "
                    + "backup, and recorded on. What is kept here stays playable; to go on: "
                    + $"audiorelay replace-source --show '{store.Name}'"
            );
    }
}
