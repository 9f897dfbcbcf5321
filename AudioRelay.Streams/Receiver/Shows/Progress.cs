namespace AudioRelay.Streams.Receiver.Shows;

/// <summary>How fast a show catches up: what was pulled over the last seconds. Pure but for what it is told.</summary>
/// <param name="time">The clock.</param>
internal sealed class Progress(TimeProvider time)
{
    private const int MostSamples = 64;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);
    private readonly Queue<(long At, long Bytes, long Ids)> _samples = new();
    private long? _beganAt;

    /// <summary>Segments there were to pull when this catching up began; 0 when nothing is being caught up.</summary>
    public long Total { get; private set; }

    /// <summary>Pulling goes on, or begins.</summary>
    /// <param name="behind">Segments still to be pulled.</param>
    public void Begin(long behind)
    {
        _beganAt ??= time.GetTimestamp();
        Total = Math.Max(Total, behind);
    }

    /// <summary>Something was pulled.</summary>
    public void Add(long bytes, long ids)
    {
        _samples.Enqueue((time.GetTimestamp(), bytes, ids));
        if (_samples.Count > MostSamples)
        {
            _samples.Dequeue();
        }
    }

    /// <summary>Everything is here, or pulling has stopped.</summary>
    public void End()
    {
        _samples.Clear();
        (_beganAt, Total) = (null, 0);
    }

    /// <summary>The present rate and the time until everything is here; nulls while they cannot be told.</summary>
    /// <param name="behind">Segments still to be pulled.</param>
    public (double? BytesPerSecond, TimeSpan? Left) Rate(long behind)
    {
        while (_samples.TryPeek(out var oldest) && _samples.Count > 1 && time.GetElapsedTime(oldest.At) > Window)
        {
            _samples.Dequeue();
        }

        if (_beganAt is not { } began || _samples.Count == 0)
        {
            return (null, null);
        }

        var seconds = Math.Min(time.GetElapsedTime(began).TotalSeconds, Window.TotalSeconds);
        if (seconds <= 0)
        {
            return (null, null);
        }

        var ids = _samples.Sum(s => s.Ids) / seconds;
        return (_samples.Sum(s => s.Bytes) / seconds, ids > 0 ? TimeSpan.FromSeconds(behind / ids) : null);
    }
}
