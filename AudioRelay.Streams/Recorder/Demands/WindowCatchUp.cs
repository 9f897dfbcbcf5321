using AudioRelay.Storage;
using AudioRelay.Storage.Journal;

namespace AudioRelay.Streams.Recorder.Demands;

/// <summary>Brings a show's journal of windows up to the present after the recorder was away. Pure.</summary>
/// <remarks>
/// Gaps are windows minus coverage, so a window that nobody was there to open must be written afterwards, or the days the recorder
/// was off would look as if nothing had been wanted. A show that was never recorded begins now and owes nothing.
/// </remarks>
public static class WindowCatchUp
{
    private const long MostUs = 366L * 86_400_000_000;

    /// <summary>What must be journaled, in order, so that the windows are right up to <paramref name="nowUs"/>.</summary>
    /// <param name="last">The newest window in the store; null when it never had one.</param>
    /// <param name="windows">The show's windows as configured now.</param>
    /// <param name="nowUs">UTC in µs.</param>
    /// <param name="settledUs">
    /// Up to here the windows are as they are journaled: the show was recorded, or not wanted, by another schedule. Without this a new
    /// schedule would be applied to the past, and close a window at its beginning.
    /// </param>
    public static IReadOnlyList<JournalBody> Plan(
        WindowInfo? last,
        IReadOnlyCollection<DailyWindow> windows,
        long nowUs,
        long settledUs = long.MinValue
    )
    {
        List<JournalBody> entries = [];
        var at = last is null ? nowUs : Math.Max(last.UntilUs ?? last.FromUs, nowUs - MostUs);
        at = Math.Max(at, Math.Min(settledUs, nowUs));
        var open = last is { UntilUs: null };
        while (at <= nowUs)
        {
            if (ShowDemands.At(windows, at) is not { } demand)
            {
                return Close(entries, open, at);
            }

            if (demand.FromUs > at)
            {
                Close(entries, open, at);
                open = false;
                at = demand.FromUs;
                continue;
            }

            if (!open)
            {
                entries.Add(new WindowOpened(at));
                open = true;
            }

            if (demand.UntilUs > nowUs)
            {
                return entries;
            }

            Close(entries, open, demand.UntilUs);
            open = false;
            at = demand.UntilUs;
        }

        return entries;
    }

    private static List<JournalBody> Close(List<JournalBody> entries, bool open, long atUs)
    {
        if (open)
        {
            entries.Add(new WindowClosed(atUs));
        }

        return entries;
    }
}
