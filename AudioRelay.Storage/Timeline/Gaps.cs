namespace AudioRelay.Storage.Timeline;

/// <summary>Windows minus coverage, cut where the cause changes. Pure; integer µs; so coverage + gaps = window, exactly.</summary>
public static class Gaps
{
    // A trouble without an end is told when it is noticed; the section before it may reach this far past that moment.
    private const long NoticedLateUs = 2_000_000;

    /// <summary>The gaps in order. What nothing explains is <see cref="GapCause.NotRunning"/>.</summary>
    /// <param name="windows">What was wanted.</param>
    /// <param name="coverage">What is kept.</param>
    /// <param name="explanations">What may explain the rest.</param>
    public static IReadOnlyList<Gap> Find(
        IEnumerable<UtcRange> windows,
        IEnumerable<UtcRange> coverage,
        IEnumerable<Explanation> explanations
    )
    {
        var covered = Intervals.Union(coverage);
        var spans = explanations.Select(e => new Span(new UtcRange(e.FromUs, e.UntilUs ?? SoundAfter(covered, e.FromUs)), e)).ToList();
        var gaps = new List<Gap>();
        foreach (var hole in Intervals.Subtract(windows, covered))
        {
            Explain(hole, spans, gaps);
        }

        return gaps;
    }

    /// <summary>When sound is kept again after an open-ended trouble.</summary>
    private static long SoundAfter(IReadOnlyList<UtcRange> covered, long fromUs)
    {
        foreach (var range in covered)
        {
            if (range.FromUs > fromUs)
            {
                return range.FromUs;
            }

            if (range.UntilUs > fromUs + NoticedLateUs)
            {
                return fromUs;
            }
        }

        return long.MaxValue;
    }

    private static void Explain(UtcRange hole, List<Span> spans, List<Gap> gaps)
    {
        var near = spans.Where(s => s.Range.Overlaps(hole)).ToList();
        var cuts = near.SelectMany(s => new[] { s.Range.FromUs, s.Range.UntilUs })
            .Where(us => us > hole.FromUs && us < hole.UntilUs)
            .Append(hole.FromUs)
            .Append(hole.UntilUs)
            .Distinct()
            .Order()
            .ToList();
        var first = gaps.Count;
        for (var i = 0; i + 1 < cuts.Count; i++)
        {
            var best = near.Where(s => s.Range.FromUs <= cuts[i] && s.Range.UntilUs > cuts[i])
                .OrderByDescending(s => s.Why.Rank)
                .ThenByDescending(s => s.Why.FromUs)
                .FirstOrDefault()
                ?.Why;
            var gap = new Gap(cuts[i], cuts[i + 1], best?.Cause ?? GapCause.NotRunning, best?.Detail);
            if (gaps.Count > first && gaps[^1].Cause == gap.Cause && gaps[^1].Detail == gap.Detail)
            {
                gaps[^1] = gaps[^1] with { UntilUs = gap.UntilUs };
            }
            else
            {
                gaps.Add(gap);
            }
        }
    }

    private sealed record Span(UtcRange Range, Explanation Why);
}
