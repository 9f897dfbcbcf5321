namespace AudioRelay.Streams.Recorder.Demands;

/// <summary>A window that opens every day at the same time of day, in UTC.</summary>
/// <param name="Start">Time of day at which it opens.</param>
/// <param name="End">
/// Time of day at which it closes. Earlier than <paramref name="Start"/>: the next day. Equal: the whole day, every day
/// (the predecessor took that for "never", its defect B12).
/// </param>
public sealed record DailyWindow(TimeOnly Start, TimeOnly End)
{
    private static readonly long DayUs = (long)TimeSpan.FromDays(1).TotalMicroseconds;

    /// <summary>The window that contains the moment, else the next one.</summary>
    /// <param name="utcUs">UTC in µs since 1970.</param>
    public Demand At(long utcUs)
    {
        if (Start == End)
        {
            return Demand.Always;
        }

        var startUs = (long)Start.ToTimeSpan().TotalMicroseconds;
        var lengthUs = (long)(End - Start).TotalMicroseconds; // TimeOnly wraps: 22:00 to 02:00 is four hours
        var fromUs = (FloorDiv(utcUs - startUs, DayUs) * DayUs) + startUs;
        var today = new Demand(fromUs, fromUs + lengthUs);
        return today.Contains(utcUs) ? today : new Demand(fromUs + DayUs, fromUs + DayUs + lengthUs);
    }

    private static long FloorDiv(long value, long by) => (value / by) - (value % by < 0 ? 1 : 0);
}
