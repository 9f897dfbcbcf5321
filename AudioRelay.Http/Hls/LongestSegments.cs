using System.Runtime.CompilerServices;
using AudioRelay.Storage;

namespace AudioRelay.Http.Hls;

/// <summary>
/// The longest segment of a show whose configuration is not here (a receiver's, a file that is looked at). A growing playlist may never
/// change its target duration, and a list that begins with a short piece before a reconnect would have to.
/// </summary>
internal sealed class LongestSegments
{
    /// <summary>How many of the newest are looked at the first time: more than a section that broke off early has.</summary>
    private const int Sample = 200;

    /// <summary>Segments may be as long as this, as far as anybody knows: no list promises less.</summary>
    private const int Least = 6;

    private readonly ConditionalWeakTable<IShowReader, StrongBox<double>> _stores = [];

    /// <summary>The target duration that the longest one known needs, those of the list at hand included.</summary>
    public async ValueTask<int> OfAsync(IShowReader reader, PlaylistSelection selection, CancellationToken cancel)
    {
        var longest = selection.LongestSeconds;
        if (!_stores.TryGetValue(reader, out var known))
        {
            known = _stores.GetValue(reader, static _ => new StrongBox<double>());
            longest = Math.Max(longest, await NewestAsync(reader, cancel));
        }

        lock (known)
        {
            known.Value = Math.Max(known.Value, longest);
            return Math.Max(Least, TargetDuration.Of(known.Value));
        }
    }

    private static async Task<double> NewestAsync(IShowReader reader, CancellationToken cancel)
    {
        if ((await reader.InfoAsync(cancel)).MaxId is not { } last)
        {
            return 0;
        }

        var segments = await reader.SegmentsAsync(new SegmentQuery(FromId: last - Sample), cancel);
        var rates = new Dictionary<long, int>();
        foreach (var id in segments.Select(segment => segment.SectionId).Distinct())
        {
            rates[id] = (await reader.SectionAsync(id, cancel))?.Rate ?? int.MaxValue;
        }

        return segments.Select(segment => (double)segment.DurationSamples / rates[segment.SectionId]).DefaultIfEmpty().Max();
    }
}
