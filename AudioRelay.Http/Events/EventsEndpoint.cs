using System.Text.Json;
using AudioRelay.Http.Shows;
using AudioRelay.Storage;
using AudioRelay.Streams.Sync.Feed;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace AudioRelay.Http.Events;

/// <summary><c>events</c>: one server-sent event per commit, first where each show stands.</summary>
internal static class EventsEndpoint
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>A file that is only looked at has no writer here to tell; while somebody listens it is asked.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    public static Task GetAll(
        HttpContext context,
        IShowCatalog catalog,
        CommitFeed feed,
        TimeProvider time,
        IHostApplicationLifetime life
    ) => SendUntilStopped(context, null, catalog, feed, time, life);

    public static Task GetShow(
        RequestedShow show,
        HttpContext context,
        IShowCatalog catalog,
        CommitFeed feed,
        TimeProvider time,
        IHostApplicationLifetime life
    ) => SendUntilStopped(context, show.Show.Name, catalog, feed, time, life);

    /// <summary>Ends when the listener leaves, and when the process stops, which would otherwise wait for the listener.</summary>
    private static async Task SendUntilStopped(
        HttpContext context,
        string? show,
        IShowCatalog catalog,
        CommitFeed feed,
        TimeProvider time,
        IHostApplicationLifetime life
    )
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, life.ApplicationStopping);
        try
        {
            await Send(context, show, catalog, feed, time, over.Token);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // As said above.
        }
    }

    private static async Task Send(
        HttpContext context,
        string? show,
        IShowCatalog catalog,
        CommitFeed feed,
        TimeProvider time,
        CancellationToken cancel
    )
    {
        var looks = catalog.Mode == ShowModes.Inspect;
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        // A proxy that collects what it passes on would make live late.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        await context.Response.WriteAsync(": hello\n\n", cancel);
        await Look(catalog, feed, cancel);
        using var left = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await using var follower = feed.Follow(left.Token).GetAsyncEnumerator(left.Token);
        var next = follower.MoveNextAsync().AsTask();
        try
        {
            while (true)
            {
                if (!next.IsCompleted)
                {
                    await context.Response.Body.FlushAsync(cancel);
                    await Task.WhenAny(next, Task.Delay(looks ? LookEvery : Heartbeat, time, cancel));
                    cancel.ThrowIfCancellationRequested();
                }

                if (next.IsCompleted)
                {
                    await next;
                    await Tell(context, show, follower.Current, cancel);
                    next = follower.MoveNextAsync().AsTask();
                    continue;
                }

                await context.Response.WriteAsync(": still here\n\n", cancel);
                if (looks)
                {
                    await Look(catalog, feed, cancel);
                }
            }
        }
        finally
        {
            // An iterator may not be disposed of while it waits.
            await left.CancelAsync();
            await next.ContinueWith(
                static _ => { },
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default
            );
        }
    }

    private static async Task Tell(HttpContext context, string? show, ShowPosition position, CancellationToken cancel)
    {
        if (show is null || position.Show == show)
        {
            await context.Response.WriteAsync($"data: {JsonSerializer.Serialize(position, Json)}\n\n", cancel);
        }
    }

    /// <summary>Publishes where a show stands that nobody here writes, or that has not been heard of yet.</summary>
    private static async Task Look(IShowCatalog catalog, CommitFeed feed, CancellationToken cancel)
    {
        foreach (var show in catalog.Shows)
        {
            var known = feed.Latest(show.Name);
            if (known is not null && catalog.Mode != ShowModes.Inspect)
            {
                continue;
            }

            try
            {
                var info = await show.Reader.InfoAsync(cancel);
                var position = new ShowPosition(show.Name, info.UniqueId, info.MaxId ?? 0, info.JournalSeq);
                if (position != known)
                {
                    feed.Publish(position);
                }
            }
            catch (StorageException)
            {
                // The list of shows says so; the others are told about here.
            }
        }
    }

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };
}
