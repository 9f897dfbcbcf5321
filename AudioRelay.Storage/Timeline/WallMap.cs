namespace AudioRelay.Storage.Timeline;

/// <summary>
/// A section's map from samples to UTC. Between an anchor and a following slew it is a straight line; before a jump and after the last anchor
/// it runs at nominal rate from the earlier anchor. Integer arithmetic throughout, so that every reader gets the same values.
/// </summary>
public sealed class WallMap
{
    private readonly Anchor[] _anchors;

    /// <summary>Creates the map.</summary>
    /// <param name="rate">Samples per second.</param>
    /// <param name="anchors">In the order in which they were set; at least one.</param>
    public WallMap(int rate, IEnumerable<Anchor> anchors)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate);
        Rate = rate;
        // Stable: of two anchors at one sample the later one is where the map stands from there on.
        _anchors = [.. anchors.OrderBy(a => a.Sample)];
        if (_anchors.Length == 0)
        {
            throw new ArgumentException("A wall map needs at least one anchor.", nameof(anchors));
        }
    }

    /// <summary>Samples per second.</summary>
    public int Rate { get; }

    /// <summary>The anchors, in order of their samples.</summary>
    public IReadOnlyList<Anchor> Anchors => _anchors;

    /// <summary>UTC in µs at a sample. At a jump: where it lands.</summary>
    public long UtcUsAt(long sample) => ValueFrom(IndexAt(sample), sample);

    /// <summary>UTC in µs just before a sample, that is where the sample before it ends. Differs from <see cref="UtcUsAt"/> only at a jump.</summary>
    public long UtcUsBefore(long sample)
    {
        var index = IndexAt(sample);
        while (index > 0 && _anchors[index].Sample == sample)
        {
            index--;
        }

        return ValueFrom(index, sample);
    }

    /// <summary>The first sample that begins at or after an instant, so that adjacent ranges share no sample and lose none.</summary>
    public long SampleAt(long utcUs)
    {
        var last = _anchors.Length - 1;
        for (var i = 0; i < last; i++)
        {
            var at = SampleFrom(i, utcUs);
            if (at < _anchors[i + 1].Sample)
            {
                return i == 0 ? at : Math.Max(at, _anchors[i].Sample);
            }
        }

        var tail = SampleFrom(last, utcUs);
        return last == 0 ? tail : Math.Max(tail, _anchors[last].Sample);
    }

    /// <summary>The stretches of UTC that samples <c>[from, until)</c> cover, in order; more than one when the map jumps between them.</summary>
    public IReadOnlyList<UtcRange> Cover(long fromSample, long untilSample)
    {
        var ranges = new List<UtcRange>();
        var at = fromSample;
        while (at < untilSample)
        {
            var index = IndexAt(at);
            var next = index + 1 < _anchors.Length ? Math.Min(untilSample, _anchors[index + 1].Sample) : untilSample;
            ranges.Add(new UtcRange(ValueFrom(index, at), ValueFrom(index, next)));
            at = next;
        }

        return Intervals.Union(ranges);
    }

    /// <summary>The last anchor at or before the sample; the first one when the sample lies before all.</summary>
    private int IndexAt(long sample)
    {
        int low = 0,
            high = _anchors.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_anchors[middle].Sample <= sample)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return Math.Max(0, low - 1);
    }

    private long ValueFrom(int index, long sample)
    {
        var (from, samples, us) = Slope(index);
        return from.UtcUs + (long)FloorDivide((Int128)(sample - from.Sample) * us, samples);
    }

    private long SampleFrom(int index, long utcUs)
    {
        var (from, samples, us) = Slope(index);
        return from.Sample - (long)FloorDivide((Int128)(from.UtcUs - utcUs) * samples, us);
    }

    /// <summary>The line that leaves an anchor: how many samples take how many µs.</summary>
    private (Anchor From, long Samples, long Us) Slope(int index)
    {
        var from = _anchors[index];
        if (index + 1 < _anchors.Length && _anchors[index + 1] is { Cause: AnchorCause.Slew } to)
        {
            var samples = to.Sample - from.Sample;
            var us = to.UtcUs - from.UtcUs;
            if (samples > 0 && us > 0)
            {
                return (from, samples, us);
            }
        }

        return (from, Rate, 1_000_000);
    }

    private static Int128 FloorDivide(Int128 dividend, Int128 divisor)
    {
        var (quotient, remainder) = Int128.DivRem(dividend, divisor);
        return remainder < 0 ? quotient - 1 : quotient;
    }
}
