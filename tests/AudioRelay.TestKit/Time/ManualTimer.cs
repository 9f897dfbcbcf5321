namespace AudioRelay.TestKit.Time;

/// <summary>A one-shot timer of a <see cref="ManualTime"/>.</summary>
internal sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
{
    private bool _disposed;

    public static IComparer<ManualTimer> ByDueTime { get; } =
        Comparer<ManualTimer>.Create((a, b) => (a.Due, a.Sequence).CompareTo((b.Due, b.Sequence)));

    public TimeSpan Due { get; set; }

    public long Sequence { get; set; }

    public void Fire() => callback(state);

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (period != Timeout.InfiniteTimeSpan && period != TimeSpan.Zero)
        {
            throw new NotSupportedException("ManualTime has no periodic timers: arm a one-shot timer again after each time it goes off.");
        }

        if (_disposed)
        {
            return false;
        }

        if (dueTime == Timeout.InfiniteTimeSpan)
        {
            time.Disarm(this);
        }
        else
        {
            time.Arm(this, dueTime);
        }

        return true;
    }

    public void Dispose()
    {
        _disposed = true;
        time.Disarm(this);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
