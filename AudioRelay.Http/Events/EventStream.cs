using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace AudioRelay.Http.Events;

/// <summary>Writes an answer of server-sent events, with a comment whenever there was nothing to say for a while.</summary>
/// <remarks>
/// Ends when the listener leaves, and when the process stops, which would otherwise wait for the listener. The comments keep proxies from
/// closing the line, and show a listener that it is not broken: after three that did not come a receiver dials again.
/// </remarks>
internal sealed class EventStream(HttpContext context, TimeProvider time, IHostApplicationLifetime life)
{
    /// <summary>The longest silence.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>Also sends an event <c>beat</c>, first and beside each comment: a browser does not show comments to its page.</summary>
    public bool ForPages { get; init; }

    /// <summary>How often <see cref="Look"/> is called.</summary>
    public TimeSpan Beat { get; init; } = Heartbeat;

    /// <summary>Called before the first event, told that it is, and then with each beat.</summary>
    public Func<bool, CancellationToken, Task> Look { get; init; } = static (_, _) => Task.CompletedTask;

    private string? Pulse => ForPages ? "event: beat\ndata: {}\n\n" : null;

    /// <summary>Sends what comes, from whichever source it comes first.</summary>
    /// <param name="open">The sources: events as text, or null for something that need not be told. They end only when cancelled.</param>
    public async Task SendAsync(Func<CancellationToken, IEnumerable<IAsyncEnumerable<string?>>> open)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, life.ApplicationStopping);
        try
        {
            await Send(open, over.Token);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // As said above.
        }
    }

    private async Task Send(Func<CancellationToken, IEnumerable<IAsyncEnumerable<string?>>> open, CancellationToken cancel)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        // A proxy that collects what it passes on would make live late.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        await Write(": hello\n\n", cancel);
        await Write(Pulse, cancel);
        await Look(true, cancel);
        using var left = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        List<EventSource> sources = [.. open(left.Token).Select(frames => new EventSource(frames.GetAsyncEnumerator(left.Token)))];
        try
        {
            await Pass(sources, cancel);
        }
        finally
        {
            await left.CancelAsync();
            foreach (var source in sources)
            {
                await source.DisposeAsync();
            }
        }
    }

    private async Task Pass(List<EventSource> sources, CancellationToken cancel)
    {
        var wait = Task.Delay(Beat, time, cancel);
        while (true)
        {
            if (sources.Find(source => source.Next.IsCompleted) is { } ready)
            {
                await Write(await ready.Take(), cancel);
                continue;
            }

            await context.Response.Body.FlushAsync(cancel);
            if (await Task.WhenAny([wait, .. sources.Select(source => source.Next)]) == wait)
            {
                await wait;
                wait = Task.Delay(Beat, time, cancel);
                await Write(": still here\n\n", cancel);
                await Write(Pulse, cancel);
                await Look(false, cancel);
            }

            cancel.ThrowIfCancellationRequested();
        }
    }

    private Task Write(string? frame, CancellationToken cancel) =>
        frame is null ? Task.CompletedTask : context.Response.WriteAsync(frame, cancel);
}
