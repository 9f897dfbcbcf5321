using System.Runtime.CompilerServices;
using AudioRelay.Streams.Sync.Feed;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace AudioRelay.Http.SyncApi;

/// <summary>One stream per receiver: how far each show reaches, now and after each commit.</summary>
internal static class SyncEvents
{
    public static IResult Stream(CommitFeed feed, IHostApplicationLifetime life, CancellationToken token) =>
        TypedResults.ServerSentEvents(Items(feed, life.ApplicationStopping, token), "position");

    /// <summary>Ends when the receiver leaves, and when the process stops, which would otherwise wait for the receiver.</summary>
    private static async IAsyncEnumerable<SyncPosition> Items(
        CommitFeed feed,
        CancellationToken stopping,
        [EnumeratorCancellation] CancellationToken token
    )
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping, token);
        await using var positions = feed.Follow(over.Token).GetAsyncEnumerator(over.Token);
        while (await Next(positions, stopping))
        {
            var position = positions.Current;
            yield return new SyncPosition(position.Show, position.Store, position.MaxId, position.JournalSeq);
        }
    }

    private static async ValueTask<bool> Next(IAsyncEnumerator<ShowPosition> positions, CancellationToken stopping)
    {
        try
        {
            return await positions.MoveNextAsync();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return false;
        }
    }
}
