using System.Runtime.CompilerServices;
using System.Text.Json;
using AudioRelay.Http.Events;
using AudioRelay.Streams.Sync.Feed;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace AudioRelay.Http.SyncApi;

/// <summary>One stream per receiver: how far each show reaches, now and after each commit.</summary>
internal static class SyncEvents
{
    public static async Task Stream(HttpContext context, CommitFeed feed, SyncPulls pulls, TimeProvider time, IHostApplicationLifetime life)
    {
        using var following = pulls.Follow(context);
        await new EventStream(context, time, life).SendAsync(left => [Positions(feed, left)]);
    }

    private static async IAsyncEnumerable<string?> Positions(CommitFeed feed, [EnumeratorCancellation] CancellationToken left)
    {
        await foreach (var position in feed.Follow(left))
        {
            yield return $"event: position\ndata: {JsonSerializer.Serialize(position, SyncJson.Options)}\n\n";
        }
    }
}
