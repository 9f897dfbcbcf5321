namespace AudioRelay.Http;

/// <summary>The clock in the unit of the stores.</summary>
internal static class Clock
{
    public static long NowUs(TimeProvider time) => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
