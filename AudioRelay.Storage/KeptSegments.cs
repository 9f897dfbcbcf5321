namespace AudioRelay.Storage;

/// <summary>For who wants to have segments rather than to be shown them.</summary>
public static class KeptSegments
{
    /// <summary>A copy of what <see cref="IShowReader.ReadSegmentsAsync"/> shows.</summary>
    public static async ValueTask<IReadOnlyList<Segment>> ReadSegmentsAsync(
        this IShowReader reader,
        long fromId,
        long toId,
        int maxCount,
        long maxBytes,
        CancellationToken cancel = default
    )
    {
        List<Segment> all = [];
        await reader.ReadSegmentsAsync(
            fromId,
            toId,
            maxCount,
            maxBytes,
            (info, sound) => all.Add(new Segment(info, sound.ToArray())),
            cancel
        );
        return all;
    }
}
