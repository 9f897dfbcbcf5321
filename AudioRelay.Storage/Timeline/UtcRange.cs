namespace AudioRelay.Storage.Timeline;

/// <summary>A stretch of UTC in integer µs, half-open: its end does not belong to it.</summary>
/// <param name="FromUs">Start.</param>
/// <param name="UntilUs">End, exclusive.</param>
public readonly record struct UtcRange(long FromUs, long UntilUs)
{
    /// <summary>True when nothing lies in it (also when it is inverted).</summary>
    public bool IsEmpty => UntilUs <= FromUs;

    /// <summary>Its length in µs; 0 when it is empty.</summary>
    public long LengthUs => IsEmpty ? 0 : UntilUs - FromUs;

    /// <summary>True when the two share at least one µs.</summary>
    public bool Overlaps(UtcRange other) => !Intersect(other).IsEmpty;

    /// <summary>What lies in both; may be empty.</summary>
    public UtcRange Intersect(UtcRange other) => new(Math.Max(FromUs, other.FromUs), Math.Min(UntilUs, other.UntilUs));
}
