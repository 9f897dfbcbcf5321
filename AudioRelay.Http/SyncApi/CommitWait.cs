using AudioRelay.Streams.Sync.Feed;

namespace AudioRelay.Http.SyncApi;

/// <summary>Lets a request wait for a segment that is not there yet.</summary>
internal static class CommitWait
{
    /// <summary>Returns when the show reaches the segment, the time is over or the process stops, whichever is first.</summary>
    public static async Task UntilReached(
        CommitFeed feed,
        string show,
        long segmentId,
        TimeSpan limit,
        TimeProvider time,
        CancellationToken stopping,
        CancellationToken token
    )
    {
        if (feed.Latest(show) is { } now && now.MaxId >= segmentId)
        {
            return;
        }

        var bounded = limit < SyncSettings.LongestWait ? limit : SyncSettings.LongestWait;
        using var over = new CancellationTokenSource(bounded, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, stopping, token);
        try
        {
            await foreach (var position in feed.Follow(either.Token))
            {
                if (position.Show == show && position.MaxId >= segmentId)
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            // The answer is then empty, which is what the client expects of a wait that was in vain.
        }
    }
}
