using AudioRelay.Actors.Mailbox;
using AudioRelay.Actors.Running;

namespace AudioRelay.Actors.Inspection;

/// <summary>The record at an actor's bedside: written on its turn before and after each message, read by anybody at any time.</summary>
internal sealed class Chart(string path, string type, TimeProvider time, int logLines, Action<ActorLogLine>? onLog)
{
    private readonly LogRing _log = new(logLines);

    // Replaced as a whole, so that a reader never sees half of a change.
    private volatile Page _page = new(ActorStatus.Starting, type);

    public void Busy(string message) =>
        _page = _page with { Handling = message, Since = time.GetUtcNow(), SinceStamp = time.GetTimestamp() };

    public void Idle() => _page = _page with { Handling = null };

    /// <param name="state">What the actor says of itself; null if it could not.</param>
    public void Handled(string? state)
    {
        var page = _page;
        _page = page with { Handling = null, State = state ?? page.State, Handled = page.Handled + 1 };
    }

    public void Began(string typeName, string state, int incarnation)
    {
        _page = _page with { Status = ActorStatus.Running, Type = typeName, State = state, Restarts = incarnation - 1 };
        Log(ActorLogKind.Life, incarnation == 1 ? "started" : $"restarted, instance {incarnation}");
    }

    public ActorFault Failed(Exception error)
    {
        var fault = new ActorFault(path, time.GetUtcNow(), error);
        _page = _page with { LastFault = fault };
        Log(ActorLogKind.Fault, fault.Text, error);
        return fault;
    }

    public void Is(ActorStatus status) => _page = _page with { Status = status };

    public void RestartAt(DateTimeOffset? at)
    {
        if (_page.RestartAt != at)
        {
            _page = _page with { RestartAt = at };
        }
    }

    public void Log(ActorLogKind kind, string text, Exception? error = null)
    {
        var line = new ActorLogLine(
            path,
            time.GetUtcNow(),
            kind,
            text.Length <= LogRing.LongestText ? text : text[..LogRing.LongestText],
            error
        );
        _log.Add(line);
        onLog?.Invoke(line);
    }

    public IReadOnlyList<ActorLogLine> Lines() => _log.Lines();

    public ActorSnapshot Snapshot(MailboxState mailbox, int capacity, int pending, IReadOnlyList<ActorCell> children)
    {
        var page = _page;
        var busy = page.Handling is not null;
        return new ActorSnapshot(
            path,
            page.Type,
            page.Status,
            page.State,
            page.Handling,
            busy ? page.Since : null,
            busy ? time.GetElapsedTime(page.SinceStamp) : TimeSpan.Zero,
            mailbox.Depth,
            capacity,
            mailbox.OldestWaiting,
            page.Handled,
            mailbox.Rejected,
            pending,
            page.Restarts,
            page.RestartAt,
            page.LastFault,
            [.. children.Select(child => child.Name)]
        );
    }

    private sealed record Page(ActorStatus Status, string Type)
    {
        public string State { get; init; } = "";

        public string? Handling { get; init; }

        public DateTimeOffset Since { get; init; }

        public long SinceStamp { get; init; }

        public long Handled { get; init; }

        public int Restarts { get; init; }

        public DateTimeOffset? RestartAt { get; init; }

        public ActorFault? LastFault { get; init; }
    }
}
