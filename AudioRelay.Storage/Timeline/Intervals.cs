namespace AudioRelay.Storage.Timeline;

/// <summary>The algebra of half-open stretches. Results are in order, not empty, and do not touch each other.</summary>
public static class Intervals
{
    /// <summary>Joins stretches that overlap or touch.</summary>
    public static IReadOnlyList<UtcRange> Union(IEnumerable<UtcRange> ranges)
    {
        var joined = new List<UtcRange>();
        foreach (var range in ranges.Where(r => !r.IsEmpty).OrderBy(r => r.FromUs))
        {
            if (joined.Count > 0 && range.FromUs <= joined[^1].UntilUs)
            {
                joined[^1] = new UtcRange(joined[^1].FromUs, Math.Max(joined[^1].UntilUs, range.UntilUs));
            }
            else
            {
                joined.Add(range);
            }
        }

        return joined;
    }

    /// <summary>What lies in <paramref name="ranges"/> and in <paramref name="limit"/>.</summary>
    public static IReadOnlyList<UtcRange> Clip(IEnumerable<UtcRange> ranges, UtcRange limit) =>
        Union(ranges.Select(r => r.Intersect(limit)));

    /// <summary>What lies in <paramref name="ranges"/> and not in <paramref name="without"/>.</summary>
    public static IReadOnlyList<UtcRange> Subtract(IEnumerable<UtcRange> ranges, IEnumerable<UtcRange> without)
    {
        var rest = new List<UtcRange>();
        var holes = Union(without);
        var hole = 0;
        foreach (var range in Union(ranges))
        {
            var at = range.FromUs;
            while (hole < holes.Count && holes[hole].UntilUs <= at)
            {
                hole++;
            }

            for (var i = hole; i < holes.Count && holes[i].FromUs < range.UntilUs; i++)
            {
                if (holes[i].FromUs > at)
                {
                    rest.Add(new UtcRange(at, holes[i].FromUs));
                }

                at = Math.Max(at, holes[i].UntilUs);
            }

            if (at < range.UntilUs)
            {
                rest.Add(new UtcRange(at, range.UntilUs));
            }
        }

        return rest;
    }

    /// <summary>The sum of the lengths in µs.</summary>
    public static long TotalUs(IEnumerable<UtcRange> ranges) => ranges.Sum(r => r.LengthUs);
}
