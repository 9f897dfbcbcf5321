using System.Collections.Concurrent;
using AudioRelay.Streams.Sync.Feed;

namespace AudioRelay.Benchmarks.Sync;

/// <summary>Notes when each show's store reached each segment, by the machine's monotonic clock, which all processes share.</summary>
internal sealed class CommitTimes : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<CommitTime> _noted = new();
    private readonly Task _run;

    /// <param name="feed">Hears of each commit.</param>
    /// <param name="after">Done after each; null for nothing.</param>
    public CommitTimes(CommitFeed feed, Func<CommitTime, Task>? after = null) => _run = Note(feed, after);

    /// <summary>What was noted since this was asked last.</summary>
    public IReadOnlyList<CommitTime> Take()
    {
        List<CommitTime> taken = [];
        while (_noted.TryDequeue(out var one))
        {
            taken.Add(one);
        }

        return taken;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _stop.Dispose();
    }

    private async Task Note(CommitFeed feed, Func<CommitTime, Task>? after)
    {
        var reached = new Dictionary<string, long>(StringComparer.Ordinal);
        List<Task> further = [];
        try
        {
            await foreach (var position in feed.Follow(_stop.Token))
            {
                if (position.MaxId <= reached.GetValueOrDefault(position.Show))
                {
                    continue; // only the journal has grown
                }

                reached[position.Show] = position.MaxId;
                var now = TimeProvider.System;
                var noted = new CommitTime(position.Show, position.MaxId, now.GetTimestamp(), now.GetUtcNow().ToUnixTimeMilliseconds());
                _noted.Enqueue(noted);
                if (after is not null)
                {
                    further.RemoveAll(task => task.IsCompletedSuccessfully);
                    further.Add(after(noted));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody wants to know any more.
        }

        await Task.WhenAll(further);
    }
}
