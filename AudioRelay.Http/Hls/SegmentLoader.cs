using System.Runtime.CompilerServices;
using AudioRelay.Storage;

namespace AudioRelay.Http.Hls;

/// <summary>Reads segments from their stores: one read of the store each, since what is the same for many is remembered.</summary>
internal sealed class SegmentLoader
{
    private readonly ConditionalWeakTable<IShowReader, StoreFacts> _stores = [];

    public async Task<SegmentAnswer> LoadAsync(SegmentKey key)
    {
        var (reader, kind, id) = key;
        var (presence, segment) = await reader.SegmentAsync(id, CancellationToken.None);
        if (segment is null)
        {
            return SegmentAnswer.Refused(
                presence == Presence.Removed
                    ? PlaylistRefusal.Gone($"Segment {id} is no longer kept.")
                    : PlaylistRefusal.NotFound($"There is no segment {id}.")
            );
        }

        var facts = _stores.GetOrCreateValue(reader);
        if (await facts.SectionAsync(reader, segment.Info.SectionId) is not { } section)
        {
            return SegmentAnswer.Refused(PlaylistRefusal.Gone($"Segment {id} is no longer kept."));
        }

        if (section.Codec != kind.Codec)
        {
            return SegmentAnswer.Refused(PlaylistRefusal.NotFound($"Segment {id} is {section.Codec}."));
        }

        var store = await facts.UniqueIdAsync(reader);
        var mark = SegmentMark.Of(store, section.Id);
        return new SegmentAnswer(SegmentBytes.Of(kind, section, segment), $"{mark}-{kind.Folder}-{id}", mark);
    }

    /// <summary>What does not change in a store: its identity, and sections that have ended.</summary>
    private sealed class StoreFacts
    {
        private const int Most = 64;
        private readonly Lock _gate = new();
        private readonly Dictionary<long, SectionInfo> _ended = [];
        private string? _uniqueId;

        public async ValueTask<string> UniqueIdAsync(IShowReader reader) =>
            _uniqueId ??= (await reader.InfoAsync(CancellationToken.None)).UniqueId;

        public async ValueTask<SectionInfo?> SectionAsync(IShowReader reader, long id)
        {
            lock (_gate)
            {
                if (_ended.TryGetValue(id, out var known))
                {
                    return known;
                }
            }

            var section = await reader.SectionAsync(id, CancellationToken.None);
            if (section is { Ended: true })
            {
                lock (_gate)
                {
                    if (_ended.Count >= Most)
                    {
                        _ended.Clear();
                    }

                    _ended[id] = section;
                }
            }

            return section;
        }
    }
}
