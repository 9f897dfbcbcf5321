namespace AudioRelay.Benchmarks.Measuring;

/// <summary>CPU time of this process, user and system, all threads.</summary>
internal static class CpuTime
{
    public static TimeSpan Now => Environment.CpuUsage.TotalTime;

    /// <summary>CPU seconds per hour of sound.</summary>
    public static double PerHour(TimeSpan cpu, TimeSpan sound) => cpu / sound * 3600;
}
