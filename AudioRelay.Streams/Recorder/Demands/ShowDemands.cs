namespace AudioRelay.Streams.Recorder.Demands;

/// <summary>All reasons to record a show, as one answer. Pure.</summary>
public static class ShowDemands
{
    /// <summary>The stretch of wanted time that contains the moment, else the next one; null when nothing is wanted any more.</summary>
    /// <remarks>Windows that touch or overlap are one stretch, so recording does not stop between them.</remarks>
    /// <param name="windows">The reasons; today a show has one daily window.</param>
    /// <param name="utcUs">UTC in µs.</param>
    public static Demand? At(IReadOnlyCollection<DailyWindow> windows, long utcUs)
    {
        if (windows.Count == 0)
        {
            return null;
        }

        var first = windows.Select(w => w.At(utcUs)).MinBy(d => d.FromUs);
        var until = first.UntilUs;
        while (until != long.MaxValue)
        {
            var further = windows.Select(w => w.At(until)).Where(d => d.FromUs <= until).Select(d => d.UntilUs).DefaultIfEmpty(until).Max();
            if (further == until)
            {
                break;
            }

            // Windows that cover the day between them never end; a week of them is proof enough.
            until = further - first.FromUs > 7 * 86_400_000_000L ? long.MaxValue : further;
        }

        return new Demand(first.FromUs, until);
    }
}
