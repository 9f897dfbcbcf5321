namespace AudioRelay.Streams.Capture.Spooling;

/// <summary>Two shows of one station died at the same moment, but their spools were written one after the other.</summary>
internal static class SpoolAlignment
{
    private const int Needed = 8;

    /// <summary>How many frames the one lacks at its end; null when its end is not found in the other.</summary>
    public static int? FramesBehind(IReadOnlyList<ulong> mine, IReadOnlyList<ulong> furthest)
    {
        if (mine.Count < Needed)
        {
            return null;
        }

        for (var end = furthest.Count; end >= Needed; end--)
        {
            if (EndsAlike(mine, furthest, end))
            {
                return furthest.Count - end;
            }
        }

        return null;
    }

    private static bool EndsAlike(IReadOnlyList<ulong> mine, IReadOnlyList<ulong> furthest, int end)
    {
        for (var i = 1; i <= Needed; i++)
        {
            if (mine[^i] != furthest[end - i])
            {
                return false;
            }
        }

        return true;
    }
}
