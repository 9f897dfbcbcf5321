namespace AudioRelay.Benchmarks.Measuring;

/// <summary>How long something took, many times.</summary>
internal sealed class Durations
{
    private readonly List<TimeSpan> _taken = [];
    private bool _sorted;

    public int Count => _taken.Count;

    public TimeSpan Median => At(0.5);

    public TimeSpan Sum => _taken.Aggregate(TimeSpan.Zero, (sum, one) => sum + one);

    public void Add(TimeSpan taken)
    {
        _taken.Add(taken);
        _sorted = false;
    }

    public void Add(Durations others) => others._taken.ForEach(Add);

    /// <summary>Runs something and notes how long it took.</summary>
    public T Take<T>(Func<T> work)
    {
        var began = TimeProvider.System.GetTimestamp();
        var result = work();
        Add(TimeProvider.System.GetElapsedTime(began));
        return result;
    }

    /// <inheritdoc cref="Take{T}"/>
    public async Task<T> TakeAsync<T>(Func<ValueTask<T>> work)
    {
        var began = TimeProvider.System.GetTimestamp();
        var result = await work();
        Add(TimeProvider.System.GetElapsedTime(began));
        return result;
    }

    /// <summary>The duration that this share of all did not exceed.</summary>
    public TimeSpan At(double share)
    {
        if (!_sorted)
        {
            _taken.Sort();
            _sorted = true;
        }

        return _taken[Math.Min(_taken.Count - 1, (int)(share * _taken.Count))];
    }

    /// <summary>Median and 99th percentile, for a table.</summary>
    public override string ToString() => $"p50 {Median.TotalMilliseconds:0.00} ms, p99 {At(0.99).TotalMilliseconds:0.00} ms";
}
