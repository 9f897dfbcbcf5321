namespace AudioRelay.Streams.Capture;

/// <summary>One reading of both clocks, taken together.</summary>
/// <param name="MonoUs">The monotonic clock in µs, from any zero; everything inside a section is measured with it.</param>
/// <param name="UtcUs">The local clock in UTC µs; asked only where a section begins or a clock is checked.</param>
public readonly record struct Moment(long MonoUs, long UtcUs)
{
    /// <summary>Reads both clocks.</summary>
    /// <param name="time">The process's time.</param>
    public static Moment Of(TimeProvider time) =>
        new(
            (long)((Int128)time.GetTimestamp() * 1_000_000 / time.TimestampFrequency),
            (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond
        );
}
