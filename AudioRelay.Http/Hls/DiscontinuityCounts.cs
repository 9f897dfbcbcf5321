using System.Runtime.CompilerServices;
using AudioRelay.Storage;
using AudioRelay.Storage.Timeline;

namespace AudioRelay.Http.Hls;

/// <summary>
/// How many discontinuities lie before each section of a sliding window (EXT-X-DISCONTINUITY-SEQUENCE). What lies before the window is
/// counted once for each store, so that a restarted server goes on with the same numbers; from then on it is counted along, so that
/// retention, which takes sections away at the front, does not renumber what a player already has.
/// </summary>
internal sealed class DiscontinuityCounts
{
    private readonly ConditionalWeakTable<IShowReader, Window> _stores = [];

    /// <summary>The counts of a window's sections.</summary>
    /// <param name="reader">The store.</param>
    /// <param name="sections">The sections of the window, in order; not empty.</param>
    /// <param name="cancel">Gives up.</param>
    public async ValueTask<IReadOnlyDictionary<long, long>> OfAsync(
        IShowReader reader,
        IReadOnlyList<SectionInfo> sections,
        CancellationToken cancel
    )
    {
        var window = _stores.GetOrCreateValue(reader);
        if (!window.IsKnown)
        {
            var before = await reader.SectionsAsync(new SectionQuery(new UtcRange(long.MinValue, sections[0].StartUs)), cancel);
            window.Begin(before.Where(section => section.Id < sections[0].Id));
        }

        return window.Move(sections);
    }

    /// <summary>Counted from 0, for a list that never loses its first segment.</summary>
    public static IReadOnlyDictionary<long, long> FromZero(IReadOnlyList<SectionInfo> sections) => Count(sections, null, -1);

    private static Dictionary<long, long> Count(IEnumerable<SectionInfo> sections, long? previous, long count)
    {
        var counts = new Dictionary<long, long>();
        foreach (var section in sections)
        {
            count += previous is not null && section.Continues == previous ? 0 : 1;
            counts[section.Id] = count;
            previous = section.Id;
        }

        return counts;
    }

    private sealed class Window
    {
        private readonly Lock _gate = new();
        private Dictionary<long, long>? _counts;

        public bool IsKnown
        {
            get
            {
                lock (_gate)
                {
                    return _counts is not null;
                }
            }
        }

        public void Begin(IEnumerable<SectionInfo> before)
        {
            lock (_gate)
            {
                _counts ??= Count(before, null, -1);
            }
        }

        public IReadOnlyDictionary<long, long> Move(IReadOnlyList<SectionInfo> sections)
        {
            lock (_gate)
            {
                var known = _counts!;
                // The newest that was counted: in the window as a rule, else what the window begins after.
                var at = sections.FirstOrDefault(section => known.ContainsKey(section.Id));
                if (at is null)
                {
                    var last = known.Count == 0 ? ((long Id, long Count)?)null : (known.Keys.Max(), known[known.Keys.Max()]);
                    return _counts = Count(sections, last?.Id, last?.Count ?? -1);
                }

                // Counted from that one in both directions, so that numbers grow with the sections whatever was known before.
                var relative = Count(sections, null, -1);
                var shift = known[at.Id] - relative[at.Id];
                return _counts = relative.ToDictionary(pair => pair.Key, pair => pair.Value + shift);
            }
        }
    }
}
