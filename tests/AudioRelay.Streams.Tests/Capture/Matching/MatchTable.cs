using AudioRelay.Streams.Capture.Matching;

namespace AudioRelay.Streams.Tests.Capture.Matching;

/// <summary>Cuts a programme at random, leaves a hole, comes back with a burst, and asks the matcher.</summary>
internal sealed class MatchTable(ulong[] programme, double frameUs, Random random)
{
    private const double HistoryUs = 60e6;

    /// <summary>How far the clocks of two connections may differ: queue, network, block size.</summary>
    private const long ClockErrorUs = 200_000;

    public int Matched { get; private set; }

    public int False { get; private set; }

    public int Cuts { get; private set; }

    /// <summary>One cut. The history is what was recorded before it; the connection begins with an optional pre-roll and <paramref name="burstUs"/> of old sound.</summary>
    public void Cut(double holeUs, double burstUs, ReadOnlySpan<ulong> preroll = default, bool dialedWithPreroll = false)
    {
        var burst = Frames(burstUs);
        var hole = Frames(holeUs);
        var historyLength = Frames(HistoryUs);
        var heard = random.Next(8, historyLength + 1);
        var at = random.Next(heard, programme.Length - hole - 2);
        var history = new FrameHistory(historyLength);
        if (dialedWithPreroll)
        {
            for (var i = 0; i < preroll.Length; i++)
            {
                history.Add(preroll[i], i == 0);
            }
        }

        for (var i = at - heard; i < at; i++)
        {
            history.Add(programme[i], i == at - heard && !dialedWithPreroll);
        }

        // The new connection: what lies between (now − burst) and now, and a second of what follows until the burst is judged to be over.
        var now = at + hole;
        var from = Math.Max(0, now - burst);
        var until = Math.Min(programme.Length, now + Frames(1e6));
        ulong[] candidates = [.. preroll, .. programme.AsSpan(from, until - from)];
        var error = random.NextInt64(-ClockErrorUs, ClockErrorUs);
        var overlap = (long)((at - from + preroll.Length) * frameUs) + error;
        Judge(
            BurstMatcher.Find(history, candidates, Programme.Ends(candidates.Length, frameUs), overlap, quiet: false),
            preroll.Length + at - from
        );
    }

    public int Frames(double us) => (int)Math.Round(us / frameUs);

    public void Judge(BurstMatch match, int truth)
    {
        Cuts++;
        if (match.Kind == BurstMatchKind.Splice)
        {
            // A splice that is wrong by frames which are equal to those at its place stores the same bytes: nothing false in it.
            (Matched, False) = match.Drop == truth ? (Matched + 1, False) : (Matched, False + 1);
        }
    }
}
