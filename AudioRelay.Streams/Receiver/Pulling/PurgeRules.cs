using AudioRelay.Storage.Receiving;
using AudioRelay.Streams.Sync.Client;

namespace AudioRelay.Streams.Receiver.Pulling;

/// <summary>Where a pull goes on that was answered with nothing although the source was said to have something (B14).</summary>
internal static class PurgeRules
{
    /// <param name="at">Where the show stands.</param>
    /// <param name="asked">The newest id that was asked for: nothing came of the range from the checkpoint to it.</param>
    /// <param name="now">What the source says of itself after that answer.</param>
    /// <returns>The id to go on from, behind what is gone at the source; null when the two answers contradict each other.</returns>
    public static long? GoOnFrom(SyncCheckpoint at, long asked, ShowMetadata now)
    {
        if (now.MaxId < at.NextId || now.MinId <= 0)
        {
            // Everything is gone. Ids are never used twice, so what comes next lies behind what was there.
            return asked + 1;
        }

        if (now.MinId > at.NextId)
        {
            return now.MinId;
        }

        // Ids are committed in their order: with something behind the range, nothing can appear in it any more.
        return now.MaxId > asked ? asked + 1 : null;
    }
}
