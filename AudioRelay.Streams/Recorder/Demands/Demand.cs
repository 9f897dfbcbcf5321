namespace AudioRelay.Streams.Recorder.Demands;

/// <summary>A time in which a show is wanted: half open, UTC in µs.</summary>
/// <param name="FromUs">First moment; <see cref="long.MinValue"/> when it always was.</param>
/// <param name="UntilUs">The moment after the last; <see cref="long.MaxValue"/> when no end is known.</param>
public readonly record struct Demand(long FromUs, long UntilUs)
{
    /// <summary>Wanted at all times.</summary>
    public static Demand Always { get; } = new(long.MinValue, long.MaxValue);

    /// <summary>True when the moment lies inside.</summary>
    public bool Contains(long utcUs) => FromUs <= utcUs && utcUs < UntilUs;
}
