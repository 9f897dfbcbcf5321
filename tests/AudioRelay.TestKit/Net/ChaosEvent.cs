namespace AudioRelay.TestKit.Net;

/// <summary>What a <see cref="ChaosProxy"/> can be told to do.</summary>
public enum ChaosKind
{
    Cut,
    Reset,
    HalfOpen,
    Thaw,
    Refuse,
    Accept,
}

/// <summary>One thing that happens at a time, counted from the schedule's start.</summary>
public sealed record ChaosEvent(TimeSpan At, ChaosKind Kind)
{
    /// <summary>A schedule by chance: the same for the same seed.</summary>
    /// <param name="chance">Where chance comes from.</param>
    /// <param name="span">How long it lasts.</param>
    /// <param name="usualDistance">The mean time between two events.</param>
    /// <param name="kinds">What may happen.</param>
    public static IReadOnlyList<ChaosEvent> Schedule(
        Random chance,
        TimeSpan span,
        TimeSpan usualDistance,
        params IReadOnlyList<ChaosKind> kinds
    )
    {
        List<ChaosEvent> events = [];
        for (var at = Next(chance, usualDistance); at < span; at += Next(chance, usualDistance))
        {
            events.Add(new ChaosEvent(at, kinds[chance.Next(kinds.Count)]));
        }

        return events;
    }

    private static TimeSpan Next(Random chance, TimeSpan mean) => mean * -Math.Log(1 - chance.NextDouble());
}
