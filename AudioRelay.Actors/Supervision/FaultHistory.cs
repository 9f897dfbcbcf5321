namespace AudioRelay.Actors.Supervision;

/// <summary>The recent faults of one actor.</summary>
internal sealed class FaultHistory(TimeSpan window)
{
    private readonly Queue<long> _stamps = new();

    /// <summary>Adds a fault that happens now.</summary>
    /// <returns>How many there were within the window, this one included.</returns>
    public int Add(TimeProvider time)
    {
        while (_stamps.TryPeek(out var oldest) && time.GetElapsedTime(oldest) >= window)
        {
            _stamps.Dequeue();
        }

        _stamps.Enqueue(time.GetTimestamp());
        return _stamps.Count;
    }
}
