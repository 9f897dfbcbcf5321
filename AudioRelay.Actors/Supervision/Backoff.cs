namespace AudioRelay.Actors.Supervision;

/// <summary>How long to wait before attempt <c>n</c>. Pure: the caller supplies the random number.</summary>
/// <param name="First">The delay after the first failure, before jitter.</param>
/// <param name="Cap">The longest delay, before jitter.</param>
/// <param name="Jitter">The most that is added, as a share of the delay.</param>
public sealed record Backoff(TimeSpan First, TimeSpan Cap, double Jitter)
{
    /// <param name="failures">Failures in a row; 1 for the first.</param>
    /// <param name="random">In [0, 1).</param>
    public TimeSpan After(int failures, double random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(failures, 1);
        var doublings = Math.Min(failures - 1, 30);
        var plain = Math.Min(First.TotalSeconds * Math.Pow(2, doublings), Cap.TotalSeconds);

        // Spread after the cap, not before it: at the cap is exactly where a hundred stations would otherwise come back in one instant.
        return TimeSpan.FromSeconds(plain * (1 + (Jitter * random)));
    }
}
