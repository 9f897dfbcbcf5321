using AudioRelay.Media.Hls;
using AudioRelay.Storage;

namespace AudioRelay.Http.Hls;

/// <summary>How many discontinuities lie before each section of a list.</summary>
internal static class DiscontinuityCounts
{
    /// <summary>
    /// The counts of a list's sections. A list that never loses its first segment counts from 0. A sliding window goes on with the numbers that
    /// the store keeps (EXT-X-DISCONTINUITY-SEQUENCE), counted back from its last section: that is where listeners are.
    /// </summary>
    /// <param name="reader">The store.</param>
    /// <param name="selection">The list; it has a segment.</param>
    /// <param name="cancel">Gives up.</param>
    public static async ValueTask<IReadOnlyDictionary<long, long>> OfAsync(
        IShowReader reader,
        PlaylistSelection selection,
        CancellationToken cancel
    )
    {
        var counts = new Dictionary<long, long>();
        var (previous, count) = ((long?)null, -1L);
        foreach (var segment in selection.Segments)
        {
            if (segment.SectionId != previous)
            {
                count += previous is not null && selection.SectionOf(segment).Continues == previous ? 0 : 1;
                counts[segment.SectionId] = count;
                previous = segment.SectionId;
            }
        }

        if (selection.Kind != PlaylistKind.Live || await reader.DiscontinuitiesAsync(previous!.Value, cancel) is not { } known)
        {
            return counts;
        }

        return counts.ToDictionary(pair => pair.Key, pair => pair.Value + known - count);
    }
}
