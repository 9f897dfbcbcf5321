using AudioRelay.Actors.Mailbox;
using AudioRelay.Actors.Running;

namespace AudioRelay.Actors.Inspection;

/// <summary>The record at an actor's bedside: written on its turn before and after each message, read by anybody at any time.</summary>
internal sealed class Chart(string path, string type, TimeProvider time, int logLines, Action<ActorLogLine>? onLog)
{
    private readonly LogRing _log = new(logLines);

    // A value behind a lock, not a record that is replaced: it changes twice with every message, and actors do little else.
    private readonly Lock _gate = new();
    private Page _page = new(ActorStatus.Starting, type);

    public void Busy(string message)
    {
        var (now, stamp) = (time.GetUtcNow(), time.GetTimestamp());
        lock (_gate)
        {
            _page.Handling = message;
            _page.Since = now;
            _page.SinceStamp = stamp;
        }
    }

    public void Idle()
    {
        lock (_gate)
        {
            _page.Handling = null;
        }
    }

    /// <param name="state">What the actor says of itself; null if it could not.</param>
    public void Handled(string? state)
    {
        lock (_gate)
        {
            _page.Handling = null;
            _page.State = state ?? _page.State;
            _page.Handled++;
        }
    }

    public void Began(string typeName, string state, int incarnation)
    {
        lock (_gate)
        {
            _page.Status = ActorStatus.Running;
            _page.Type = typeName;
            _page.State = state;
            _page.Restarts = incarnation - 1;
        }

        Log(ActorLogKind.Life, incarnation == 1 ? "started" : $"restarted, instance {incarnation}");
    }

    public ActorFault Failed(Exception error)
    {
        var fault = new ActorFault(path, time.GetUtcNow(), error);
        lock (_gate)
        {
            _page.LastFault = fault;
        }

        Log(ActorLogKind.Fault, fault.Text, error);
        return fault;
    }

    public void Is(ActorStatus status)
    {
        lock (_gate)
        {
            _page.Status = status;
        }
    }

    public void RestartAt(DateTimeOffset? at)
    {
        lock (_gate)
        {
            _page.RestartAt = at;
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
        Page page;
        lock (_gate)
        {
            page = _page;
        }

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

    private struct Page(ActorStatus status, string type)
    {
        public ActorStatus Status { get; set; } = status;

        public string Type { get; set; } = type;

        public string State { get; set; } = "";

        public string? Handling { get; set; }

        public DateTimeOffset Since { get; set; }

        public long SinceStamp { get; set; }

        public long Handled { get; set; }

        public int Restarts { get; set; }

        public DateTimeOffset? RestartAt { get; set; }

        public ActorFault? LastFault { get; set; }
    }
}
