using AudioRelay.Media.Hls;
using AudioRelay.Storage;

namespace AudioRelay.Http.Hls;

/// <summary>Makes a selection into text.</summary>
internal static class PlaylistText
{
    public static byte[] Write(string store, PlaylistSelection selection, IReadOnlyDictionary<long, long> discontinuities, int target)
    {
        var kind = SegmentKind.Listed(selection.SectionOf(selection.Segments[0]).Codec);
        var maps = new Dictionary<(string, int, int, int), string>();
        var queries = selection.Sections.Keys.ToDictionary(id => id, id => SegmentMark.QueryOf(SegmentMark.Of(store, id)));
        var entries = new PlaylistEntry[selection.Segments.Count];
        for (var i = 0; i < entries.Length; i++)
        {
            var segment = selection.Segments[i];
            var section = selection.SectionOf(segment);
            entries[i] = new PlaylistEntry(
                segment.Id,
                segment.FirstSample,
                segment.DurationSamples,
                section.Rate,
                discontinuities[section.Id],
                segment.TimestampMs * 1000,
                kind.HasInit ? MapOf(kind, section, maps) : null,
                Query: queries[section.Id]
            );
        }

        var options = new MediaPlaylistOptions(selection.Kind, target, kind.Folder + "/", kind.Extension)
        {
            Ended = selection.Ended,
            IndependentSegments = kind != SegmentKind.Mp3,
        };
        return MediaPlaylist.Render(options, entries);
    }

    private static string MapOf(SegmentKind kind, SectionInfo section, Dictionary<(string, int, int, int), string> maps)
    {
        var configuration = InitSegments.ConfigurationOf(section);
        if (!maps.TryGetValue(configuration, out var map))
        {
            maps[configuration] = map = $"{kind.Folder}/{InitSegments.NameOf(section)}";
        }

        return map;
    }
}
