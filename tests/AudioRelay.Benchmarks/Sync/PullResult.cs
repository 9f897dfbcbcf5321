namespace AudioRelay.Benchmarks.Sync;

/// <summary>How a pull went.</summary>
/// <param name="Times">When there was how much.</param>
/// <param name="Cpu">CPU time for a segment, in the part that counts.</param>
internal sealed record PullResult(IReadOnlyList<CommitTime> Times, PullCpu Cpu)
{
    /// <summary>This share at the beginning does not count: code is compiled, several times over, and connections are made.</summary>
    public const double Warm = 0.5;

    /// <summary>Segments a second once it runs.</summary>
    public double Sustained
    {
        get
        {
            var last = Times[^1];
            var first = Times.First(t => t.Id >= last.Id * Warm);
            return (last.Id - first.Id) / TimeProvider.System.GetElapsedTime(first.At, last.At).TotalSeconds;
        }
    }
}
