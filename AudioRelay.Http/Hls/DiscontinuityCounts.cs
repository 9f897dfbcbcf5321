using System.Runtime.CompilerServices;
using AudioRelay.Storage;

namespace AudioRelay.Http.Hls;

/// <summary>
/// How many discontinuities lie before each section. Counted once per section and then kept, so that retention, which takes sections away at
/// the front, does not renumber what a player already has.
/// </summary>
internal sealed class DiscontinuityCounts
{
    private readonly ConditionalWeakTable<IShowReader, Counts> _stores = [];

    public IReadOnlyDictionary<long, long> Of(IShowReader reader, IEnumerable<SectionInfo> sections) =>
        _stores.GetOrCreateValue(reader).Take(sections);

    private sealed class Counts
    {
        private readonly Lock _gate = new();
        private Dictionary<long, long> _bySection = [];

        public IReadOnlyDictionary<long, long> Take(IEnumerable<SectionInfo> sections)
        {
            lock (_gate)
            {
                var next = new Dictionary<long, long>();
                long? previous = null;
                var count = -1L;
                foreach (var section in sections.OrderBy(s => s.Id))
                {
                    var joins = previous is not null && section.Continues == previous;
                    count = _bySection.TryGetValue(section.Id, out var known) ? known : count + (joins ? 0 : 1);
                    next[section.Id] = count;
                    previous = section.Id;
                }

                return _bySection = next;
            }
        }
    }
}
