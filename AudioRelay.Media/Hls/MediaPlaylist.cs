using System.Buffers;

namespace AudioRelay.Media.Hls;

/// <summary>The text of a media playlist: a pure function of its entries, so that a restarted server writes the same.</summary>
/// <remarks>
/// Nothing an entry gets depends on where the window begins, except that a date-time stands before the first: so a segment keeps its
/// number, its length to the last digit and its discontinuity number in every playlist that shows it.
/// </remarks>
public static class MediaPlaylist
{
    /// <summary>The media type playlists are served as.</summary>
    public const string MediaType = "application/vnd.apple.mpegurl";

    /// <summary>A date-time is repeated when the one predicted from lengths is further off than this.</summary>
    private const long WallToleranceUs = 20_000;

    /// <summary>Writes the playlist as UTF-8.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="options">What it says beside its entries.</param>
    /// <param name="entries">The segments, in order.</param>
    public static void Render(IBufferWriter<byte> output, MediaPlaylistOptions options, ReadOnlySpan<PlaylistEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(options);
        var text = new PlaylistText(output);
        WriteHead(text, options, entries);
        var prefix = RelativeUri.Encode(options.UriPrefix);
        var suffix = RelativeUri.Encode(options.UriSuffix);
        string? map = null;
        var (query, queried) = ((string?)null, suffix);
        var (era, expectedUs) = (0L, long.MinValue);
        foreach (ref readonly var entry in entries)
        {
            var isFirst = expectedUs == long.MinValue;
            var isBroken = !isFirst && entry.Era != era;
            if (isBroken)
            {
                text.Line("#EXT-X-DISCONTINUITY"u8);
            }

            if (entry.MapUri is { } uri && !ReferenceEquals(uri, map) && uri != map)
            {
                WriteMap(text, uri);
                map = uri;
            }

            if (isFirst || isBroken || Math.Abs(entry.WallUs - expectedUs) > WallToleranceUs)
            {
                text.Text("#EXT-X-PROGRAM-DATE-TIME:"u8);
                text.Time(entry.WallUs);
                text.End();
                expectedUs = entry.WallUs;
            }

            var lengthUs = LengthUs(entry);
            if (entry.IsGap)
            {
                text.Line("#EXT-X-GAP"u8);
            }

            text.Text("#EXTINF:"u8);
            text.Seconds(lengthUs);
            text.Text(",\n"u8);
            text.Text(prefix);
            text.Number(entry.Id);
            if (!ReferenceEquals(entry.Query, query))
            {
                (query, queried) = (entry.Query, RelativeUri.Encode(options.UriSuffix + entry.Query));
            }

            text.Line(queried);
            expectedUs += lengthUs;
            era = entry.Era;
        }

        if (options.Ended || options.Kind == PlaylistKind.Vod)
        {
            text.Line("#EXT-X-ENDLIST"u8);
        }
    }

    /// <summary>The playlist as UTF-8.</summary>
    /// <param name="options">What it says beside its entries.</param>
    /// <param name="entries">The segments, in order.</param>
    public static byte[] Render(MediaPlaylistOptions options, ReadOnlySpan<PlaylistEntry> entries)
    {
        var output = new ArrayBufferWriter<byte>(512 + (entries.Length * 64));
        Render(output, options, entries);
        return output.WrittenSpan.ToArray();
    }

    private static void WriteHead(PlaylistText text, MediaPlaylistOptions options, ReadOnlySpan<PlaylistEntry> entries)
    {
        // Decimal lengths need 3, EXT-X-MAP in a list that is not of I-frames 6, EXT-X-GAP 8 (RFC 8216 §7, and its second edition).
        var (version, target) = (3, options.TargetSeconds);
        foreach (ref readonly var entry in entries)
        {
            version = Math.Max(
                version,
                entry.IsGap ? 8
                    : entry.MapUri is not null ? 6
                    : 3
            );
            // A segment over the configured length breaks the rule that the target is constant or the rule that it is the longest. Players
            // size their buffers by it: the second matters more.
            target = Math.Max(target, (int)((LengthUs(entry) + 500_000) / 1_000_000));
        }

        text.Line("#EXTM3U"u8);
        text.Line("#EXT-X-VERSION:"u8, version);
        text.Line("#EXT-X-TARGETDURATION:"u8, target);
        text.Line("#EXT-X-MEDIA-SEQUENCE:"u8, options.MediaSequence ?? (entries.IsEmpty ? 0 : entries[0].Id));
        switch (options.Kind)
        {
            case PlaylistKind.Live when !entries.IsEmpty:
                text.Line("#EXT-X-DISCONTINUITY-SEQUENCE:"u8, entries[0].Era);
                break;
            case PlaylistKind.Vod:
                text.Line("#EXT-X-PLAYLIST-TYPE:VOD"u8);
                break;
            case PlaylistKind.Event:
                text.Line("#EXT-X-PLAYLIST-TYPE:EVENT"u8);
                break;
        }

        if (options.IndependentSegments)
        {
            text.Line("#EXT-X-INDEPENDENT-SEGMENTS"u8);
        }

        if (options.StartSeconds is { } start)
        {
            text.Text(start < 0 ? "#EXT-X-START:TIME-OFFSET=-"u8 : "#EXT-X-START:TIME-OFFSET="u8);
            text.Seconds((long)Math.Round(Math.Abs(start) * 1e6));
            text.End();
        }
    }

    private static void WriteMap(PlaylistText text, string uri)
    {
        text.Text("#EXT-X-MAP:URI=\""u8);
        text.Text(RelativeUri.Encode(uri));
        text.Line("\""u8);
    }

    // The difference of two rounded places in the section: neighbours share a place, so a section's lengths add up to its own, rounded once.
    private static long LengthUs(in PlaylistEntry entry) =>
        PlaceUs(entry.FirstSample + entry.Samples, entry.SampleRate) - PlaceUs(entry.FirstSample, entry.SampleRate);

    private static long PlaceUs(long samples, int rate)
    {
        var (seconds, rest) = Math.DivRem(samples, rate);
        return (seconds * 1_000_000) + (((rest * 1_000_000) + (rate / 2)) / rate);
    }
}
