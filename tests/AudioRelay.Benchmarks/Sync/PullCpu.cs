namespace AudioRelay.Benchmarks.Sync;

/// <summary>CPU time of the processes that take part in a pull, or of that of a peer.</summary>
/// <param name="Client">The receiver, or the peer's process.</param>
/// <param name="Recorder">The recorder.</param>
/// <param name="Server">PostgreSQL, all of its processes.</param>
internal readonly record struct PullCpu(TimeSpan Client, TimeSpan Recorder, TimeSpan Server)
{
    public static PullCpu operator -(PullCpu a, PullCpu b) => new(a.Client - b.Client, a.Recorder - b.Recorder, a.Server - b.Server);

    public static PullCpu operator /(PullCpu a, double by) => new(a.Client / by, a.Recorder / by, a.Server / by);

    public TimeSpan Sum => Client + Recorder + Server;
}
