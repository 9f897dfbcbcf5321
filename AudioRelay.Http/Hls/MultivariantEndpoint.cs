using AudioRelay.Http.Shows;
using AudioRelay.Media.Hls;
using AudioRelay.Storage;
using Microsoft.AspNetCore.Http;

namespace AudioRelay.Http.Hls;

/// <summary>
/// <c>index.m3u8</c>: the playlist of playlists, which tells a player the codec before it fetches any sound. Whatever is asked of it is
/// asked of the one inside.
/// </summary>
internal static class MultivariantEndpoint
{
    /// <summary>What the containers add, at the least: a fragment's boxes, an ID3 tag.</summary>
    private const double Overhead = 1.1;

    private const int Sample = 50;

    public static async Task<IResult> Get(RequestedShow show, HttpContext context, CancellationToken cancel)
    {
        // Refused here already: a player would tell less of a list inside that cannot be had.
        var query = new QueryReader(context.Request.Query);
        if (PlaylistRange.Parse(query) is null)
        {
            return PlaylistRange.Refuse(query);
        }

        var newest = await show.Reader.SectionsAsync(new SectionQuery(Descending: true, Limit: 1), cancel);
        if (newest is not [{ LastSegmentId: { } last } section])
        {
            return Problems.NotFound($"Show '{show.Show.Name}' has no sound yet.");
        }

        var format = PlaylistFormat.All.First(candidate => candidate.Codecs.Contains(section.Codec));
        var segments = await show.Reader.SegmentsAsync(
            new SegmentQuery(FromId: Math.Max(section.FirstSegmentId ?? 0, last - Sample + 1), ToId: last),
            cancel
        );
        var rates = segments
            .Where(s => s.DurationSamples > 0)
            .Select(s => s.Size * 8.0 * section.Rate / s.DurationSamples)
            .DefaultIfEmpty();
        var uri = format.FileName + context.Request.QueryString.Value;
        var variant = new Variant(uri, (int)(rates.Max() * Overhead), CodecsOf(section), (int)(rates.Average() * Overhead));
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Bytes(MultivariantPlaylist.Render([variant], section.Codec != "mp3"), MediaPlaylist.MediaType);
    }

    private static string CodecsOf(SectionInfo section) =>
        section.Codec switch
        {
            "opus" => HlsCodecs.Opus,
            "wav" => HlsCodecs.Flac,
            "mp3" => HlsCodecs.Mp3,
            // A core of 24 kHz or less in a copy is how stations send HE-AAC; what we encode ourselves is LC.
            _ => section is { AudioFormat: "copy", Rate: <= 24_000 } ? HlsCodecs.HeAac : HlsCodecs.AacLc,
        };
}
