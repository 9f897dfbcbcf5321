using System.Runtime.CompilerServices;
using System.Text.Json;
using AudioRelay.Http.Shows;
using AudioRelay.Http.SyncStatus;
using AudioRelay.Storage;
using AudioRelay.Streams.Receiver.Status;
using AudioRelay.Streams.Sync.Feed;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AudioRelay.Http.Events;

/// <summary><c>events</c>: one server-sent event per commit, first where each show stands; from a receiver also how its sync stands.</summary>
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
        var sources = new List<EventSource> { new(Positions(show, feed, left.Token).GetAsyncEnumerator(left.Token)) };
        if (show is null && context.RequestServices.GetService<SyncBoard>() is { } board)
        {
            sources.Add(new EventSource(SyncReports(board, left.Token).GetAsyncEnumerator(left.Token)));
        }

        var wait = Wait();
        try
        {
            while (true)
            {
                if (sources.Find(source => source.Next.IsCompleted) is { } ready)
                {
                    await Write(context, await ready.Take(), cancel);
                    continue;
                }

                await context.Response.Body.FlushAsync(cancel);
                if (await Task.WhenAny([wait, .. sources.Select(source => source.Next)]) == wait)
                {
                    await wait;
                    wait = Wait();
                    await Write(context, ": still here\n\n", cancel);
                    if (looks)
                    {
                        await Look(catalog, feed, cancel);
                    }
                }

                cancel.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            await left.CancelAsync();
            foreach (var source in sources)
            {
                await source.DisposeAsync();
            }
        }

        Task Wait() => Task.Delay(looks ? LookEvery : Heartbeat, time, cancel);
    }

    private static async IAsyncEnumerable<string?> Positions(
        string? show,
        CommitFeed feed,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        await foreach (var position in feed.Follow(cancel))
        {
            yield return show is null || position.Show == show ? $"data: {JsonSerializer.Serialize(position, Json)}\n\n" : null;
        }
    }

    /// <summary>How the sync stands, named <c>sync</c> so that who follows only positions, which have no name, does not see it.</summary>
    private static async IAsyncEnumerable<string?> SyncReports(SyncBoard board, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var report in board.Follow(cancel))
        {
            yield return $"event: sync\ndata: {JsonSerializer.Serialize(SyncStatusAnswer.Of(report), Json)}\n\n";
        }
    }

    private static Task Write(HttpContext context, string? frame, CancellationToken cancel) =>
        frame is null ? Task.CompletedTask : context.Response.WriteAsync(frame, cancel);

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
