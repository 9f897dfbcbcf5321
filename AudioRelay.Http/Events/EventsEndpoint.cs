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
    /// <summary>A file that is only looked at has no writer here to tell; while somebody listens it is asked.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    /// <summary>A report is of all shows, and each of their pulls changes it several times: a page is not told more often than it could be read.</summary>
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(1);

    public static Task GetAll(
        HttpContext context,
        IShowCatalog catalog,
        CommitFeed feed,
        TimeProvider time,
        IHostApplicationLifetime life
    ) => Send(context, null, catalog, feed, time, life);

    public static Task GetShow(
        RequestedShow show,
        HttpContext context,
        IShowCatalog catalog,
        CommitFeed feed,
        TimeProvider time,
        IHostApplicationLifetime life
    ) => Send(context, show.Show.Name, catalog, feed, time, life);

    private static Task Send(
        HttpContext context,
        string? show,
        IShowCatalog catalog,
        CommitFeed feed,
        TimeProvider time,
        IHostApplicationLifetime life
    )
    {
        var looks = catalog.Mode == ShowModes.Inspect;
        var stream = new EventStream(context, time, life)
        {
            ForPages = true,
            Beat = looks ? LookEvery : EventStream.Heartbeat,
            Look = (first, cancel) => first || looks ? Look(catalog, feed, cancel) : Task.CompletedTask,
        };
        return stream.SendAsync(left =>
            show is null && context.RequestServices.GetService<SyncBoard>() is { } board
                ? [Positions(show, feed, left), SyncReports(board, time, left)]
                : [Positions(show, feed, left)]
        );
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
    private static async IAsyncEnumerable<string?> SyncReports(
        SyncBoard board,
        TimeProvider time,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        await foreach (var report in board.Follow(cancel))
        {
            yield return $"event: sync\ndata: {JsonSerializer.Serialize(SyncStatusAnswer.Of(report), Json)}\n\n";
            // What changes meanwhile is in the next one: the board gives the newest, and keeps the last for whoever is late.
            await Task.Delay(ReportEvery, time, cancel);
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
