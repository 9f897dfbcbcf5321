namespace AudioRelay.Benchmarks.Sync;

/// <summary>How a pull went.</summary>
/// <param name="Times">When there was how much.</param>
/// <param name="Cpu">CPU time of the receiver's process, with its start.</param>
internal sealed record PullResult(IReadOnlyList<CommitTime> Times, TimeSpan Cpu)
{
    /// <summary>Segments a second once it runs: without the first fifth, in which code is compiled and connections are made.</summary>
    public double Sustained
    {
        get
        {
            var last = Times[^1];
            var first = Times.First(t => t.Id >= last.Id / 5);
            return (last.Id - first.Id) / TimeProvider.System.GetElapsedTime(first.At, last.At).TotalSeconds;
        }
    }
}
