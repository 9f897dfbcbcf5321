using System.Runtime.CompilerServices;
using AudioRelay.Streams.Sync.Feed;
using Microsoft.AspNetCore.Http;

namespace AudioRelay.Http.SyncApi;

/// <summary>One stream per receiver: how far each show reaches, now and after each commit.</summary>
internal static class SyncEvents
{
    public static IResult Stream(CommitFeed feed, CancellationToken token) => TypedResults.ServerSentEvents(Items(feed, token), "position");

    private static async IAsyncEnumerable<SyncPosition> Items(CommitFeed feed, [EnumeratorCancellation] CancellationToken token)
    {
        await foreach (var position in feed.Follow(token))
        {
            yield return new SyncPosition(position.Show, position.Store, position.MaxId, position.JournalSeq);
        }
    }
}
