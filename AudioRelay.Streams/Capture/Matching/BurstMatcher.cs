using System.Buffers;

namespace AudioRelay.Streams.Capture.Matching;

/// <summary>
/// Finds where the frames that a server replays on connect meet the end of what was recorded. Pure.
/// </summary>
/// <remarks>
/// A match is an alignment in which the burst's frames equal the END of the history and reach its last frame, with at least eight
/// frames in the run that occur once in the history. A longest run anywhere would match falsely on silence, on loops and on intros.
/// What each further condition is for:
/// <list type="table">
/// <item><term>eight frames that occur once</term><description>silence, short loops: equal frames prove nothing when they are everywhere.</description></item>
/// <item><term>within 0.5 s of the clock</term><description>a loop whose turn is longer than the history, an intro that is in the history
/// because the last dial was within it too: the same bytes, but sent anew.</description></item>
/// <item><term>or the station sends nothing beyond the run</term><description>a source that paused: the clock went on and the sound did
/// not, so the clock says later. A loop would have gone on. Not where the run begins at a dial's first frame: that is an intro.</description></item>
/// </list>
/// Fewer than eight such frames, where the burst barely reaches back, are too few to go on with and enough not to store them again.
/// </remarks>
internal static class BurstMatcher
{
    /// <summary>Frames of a run that must occur only once in the history.</summary>
    public const int FewestUnique = 8;

    /// <summary>How far the clock may disagree.</summary>
    public const long ToleranceUs = 500_000;

    /// <summary>Looks for the splice.</summary>
    /// <param name="history">What was recorded.</param>
    /// <param name="burst">The hashes of the new connection's frames so far.</param>
    /// <param name="endsUs">Media time from the burst's beginning to the end of each frame.</param>
    /// <param name="clockOverlapUs">How much of the burst lies before the end of the history by the clock; negative when it begins after it.</param>
    /// <param name="quiet">The connection has sent its burst, and then nothing for about a second.</param>
    public static BurstMatch Find(
        FrameHistory history,
        ReadOnlySpan<ulong> burst,
        ReadOnlySpan<long> endsUs,
        long clockOverlapUs,
        bool quiet
    )
    {
        var count = history.Count;
        if (count == 0 || burst.IsEmpty)
        {
            return BurstMatch.None;
        }

        var hashes = ArrayPool<ulong>.Shared.Rent(count * 2);
        var unique = ArrayPool<int>.Shared.Rent(count + 1);
        try
        {
            var past = hashes.AsSpan(0, count);
            var sorted = hashes.AsSpan(count, count);
            history.CopyTo(past);
            past.CopyTo(sorted);
            sorted.Sort();
            CountUnique(past, sorted, unique);
            return Find(history, past, unique, burst, endsUs, clockOverlapUs, quiet);
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(hashes);
            ArrayPool<int>.Shared.Return(unique);
        }
    }

    private static BurstMatch Find(
        FrameHistory history,
        ReadOnlySpan<ulong> past,
        ReadOnlySpan<int> uniqueInLast,
        ReadOnlySpan<ulong> burst,
        ReadOnlySpan<long> endsUs,
        long clockOverlapUs,
        bool quiet
    )
    {
        var best = BurstMatch.None;
        var bestDistance = long.MaxValue;
        var uncertain = BurstMatch.None;
        var brief = BurstMatch.None;
        var alignments = 0;
        for (var end = burst.Length; end >= 1; end--)
        {
            var run = RunLength(past, burst[..end]);
            var unique = uniqueInLast[run];
            if (unique == 0)
            {
                continue;
            }

            var later = endsUs[end - 1] - clockOverlapUs;
            var distance = Math.Abs(later);
            var isWhole = run == end && unique == run;
            if (unique < FewestUnique)
            {
                brief = isWhole ? new BurstMatch(BurstMatchKind.Repeat, end, run) : brief;
                continue;
            }

            alignments++;
            if (distance < Math.Min(bestDistance, ToleranceUs + 1))
            {
                best = new BurstMatch(BurstMatchKind.Splice, end, run);
                bestDistance = distance;
            }
            else if (distance > ToleranceUs && later > 0 && isWhole && !history.StartsDial(past.Length - run))
            {
                uncertain = new BurstMatch(quiet && end == burst.Length ? BurstMatchKind.Splice : BurstMatchKind.Repeat, end, run);
            }
        }

        return best.Kind != BurstMatchKind.None ? best
            : alignments == 1 ? uncertain
            : brief;
    }

    private static int RunLength(ReadOnlySpan<ulong> past, ReadOnlySpan<ulong> burst)
    {
        var most = Math.Min(past.Length, burst.Length);
        var run = 0;
        while (run < most && past[^(run + 1)] == burst[^(run + 1)])
        {
            run++;
        }

        return run;
    }

    // How many of the last 0, 1, 2… frames occur once in the history: asked for at every alignment, so it may not take a search there.
    private static void CountUnique(ReadOnlySpan<ulong> past, ReadOnlySpan<ulong> sorted, Span<int> inLast)
    {
        inLast[0] = 0;
        for (var run = 1; run <= past.Length; run++)
        {
            var hash = past[^run];
            var at = sorted.BinarySearch(hash);
            var twice = (at > 0 && sorted[at - 1] == hash) || (at + 1 < sorted.Length && sorted[at + 1] == hash);
            inLast[run] = inLast[run - 1] + (twice ? 0 : 1);
        }
    }
}
