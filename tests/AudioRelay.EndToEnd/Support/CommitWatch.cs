using System.Text.Json;

namespace AudioRelay.EndToEnd.Support;

/// <summary>Follows <c>/api/sync/events</c>: what the recorder says it has committed.</summary>
internal sealed class CommitWatch : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<string, CommittedPosition> _positions = [];
    private readonly Task _reading;
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _ended;
    private int _disposed;

    public CommitWatch(HttpClient http) => _reading = Read(http);

    /// <summary>How far a show reaches; null while nothing was heard of it.</summary>
    public CommittedPosition? this[string show]
    {
        get
        {
            lock (_gate)
            {
                return _positions.GetValueOrDefault(show);
            }
        }
    }

    /// <summary>Whether the recorder has ended the events itself, instead of being gone in the middle of them.</summary>
    public bool EndedInOrder { get; private set; }

    /// <summary>Waits until the show has so many segments.</summary>
    public Task Reaches(string show, long segmentId) => Until(() => this[show]?.MaxId >= segmentId, $"segment {segmentId} of {show}");

    /// <summary>Waits until it is so; asked again after each event.</summary>
    public Task Until(Func<bool> isSo, string awaited) => Until(() => Task.FromResult(isSo()), awaited);

    /// <inheritdoc cref="Until(Func{bool}, string)"/>
    public async Task Until(Func<Task<bool>> isSo, string awaited)
    {
        while (true)
        {
            var more = Next;
            if (await isSo())
            {
                return;
            }

            await more.Patiently(() => $"{awaited}; it stands at {Described}");
        }
    }

    /// <summary>Completes with the next event; faults when there will be none.</summary>
    public Task Next
    {
        get
        {
            lock (_gate)
            {
                return _ended ? Task.FromException(new EndOfStreamException($"The events have ended at {Described}.")) : _more.Task;
            }
        }
    }

    /// <summary>Completes when there are no more events, however they ended.</summary>
    public Task Ended => _reading.Patiently(() => "the end of the events");

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await _stop.CancelAsync();
            await _reading;
            _stop.Dispose();
        }
    }

    private string Described
    {
        get
        {
            lock (_gate)
            {
                return string.Join(", ", _positions.Select(p => $"{p.Key} {p.Value.MaxId}"));
            }
        }
    }

    private async Task Read(HttpClient http)
    {
        try
        {
            await using var stream = await http.GetStreamAsync(new Uri("/api/sync/events", UriKind.Relative), _stop.Token);
            using var lines = new StreamReader(stream);
            while (await lines.ReadLineAsync(_stop.Token) is { } line)
            {
                if (line.StartsWith("data:", StringComparison.Ordinal))
                {
                    Heard(JsonSerializer.Deserialize<CommittedPosition>(line.AsSpan(5), CommittedPosition.Json)!);
                }
            }

            EndedInOrder = true;
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
        {
            // Killed, or no longer needed; a waiter is told below.
        }

        lock (_gate)
        {
            _ended = true;
            _more.TrySetException(new EndOfStreamException($"The events have ended at {Described}."));
            _ = _more.Task.Exception;
        }
    }

    private void Heard(CommittedPosition position)
    {
        lock (_gate)
        {
            _positions[position.Show] = position;
            _more.SetResult();
            _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
