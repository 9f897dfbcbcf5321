namespace AudioRelay.Actors.Inspection;

/// <summary>The last few log lines of one actor.</summary>
internal sealed class LogRing(int capacity)
{
    /// <summary>Characters kept of a line, so that the ring is bounded in bytes too.</summary>
    public const int LongestText = 500;

    private readonly Lock _gate = new();
    private readonly Queue<ActorLogLine> _lines = new();

    public void Add(ActorLogLine line)
    {
        lock (_gate)
        {
            if (_lines.Count == capacity)
            {
                _lines.Dequeue();
            }

            _lines.Enqueue(line);
        }
    }

    public IReadOnlyList<ActorLogLine> Lines()
    {
        lock (_gate)
        {
            return [.. _lines];
        }
    }
}
