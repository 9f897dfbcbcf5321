using System.Text.Json;

namespace AudioRelay.EndToEnd.Support;

/// <summary>
/// Follows a stream of commits: what the recorder says it has committed (<c>/api/sync/events</c>), or what a receiver does, which also says
/// how its sync stands (<c>/api/events</c>).
/// </summary>
internal sealed class CommitWatch : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<string, CommittedPosition> _positions = [];
    private readonly Task _reading;
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private JsonElement? _sync;
    private bool _ended;
    private int _disposed;

    public CommitWatch(HttpClient http, string path = "/api/sync/events") => _reading = Read(http, path);

    /// <summary>How the sync stands, as <c>/api/sync/status</c> says it; null while nothing was heard, and always of a recorder.</summary>
    public JsonElement? Sync
    {
        get
        {
            lock (_gate)
            {
                return _sync;
            }
        }
    }

    /// <summary>Called with each commit when it is heard of.</summary>
    public Action<CommittedPosition>? OnCommit { get; set; }

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
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var more = Next;
            if (await isSo())
            {
                return;
            }

            await more.Patiently(() => $"{awaited}; it stands at {Described}", began);
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
                return $"{string.Join(", ", _positions.Select(p => $"{p.Key} {p.Value.MaxId}"))} {_sync}";
            }
        }
    }

    private async Task Read(HttpClient http, string path)
    {
        try
        {
            await using var stream = await http.GetStreamAsync(new Uri(path, UriKind.Relative), _stop.Token);
            using var lines = new StreamReader(stream);
            var name = "";
            while (await lines.ReadLineAsync(_stop.Token) is { } line)
            {
                if (line.StartsWith("data:", StringComparison.Ordinal))
                {
                    Heard(name, line[5..]);
                }

                name = line.StartsWith("event:", StringComparison.Ordinal) ? line[6..].Trim() : "";
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

    private void Heard(string name, string data)
    {
        var position = name is "" or "position" ? JsonSerializer.Deserialize<CommittedPosition>(data, CommittedPosition.Json) : null;
        if (position is not null)
        {
            OnCommit?.Invoke(position);
        }

        lock (_gate)
        {
            if (position is not null)
            {
                _positions[position.Show] = position;
            }
            else if (name == "sync")
            {
                _sync = JsonSerializer.Deserialize<JsonElement>(data);
            }

            _more.SetResult();
            _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
