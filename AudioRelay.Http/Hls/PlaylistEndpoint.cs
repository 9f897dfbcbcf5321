using AudioRelay.Http.Shows;
using AudioRelay.Media.Hls;
using AudioRelay.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace AudioRelay.Http.Hls;

/// <summary>The playlists.</summary>
internal static class PlaylistEndpoint
{
    public static async Task<IResult> Get(PlaylistFormat format, RequestedShow requested, HttpContext context)
    {
        var query = new QueryReader(context.Request.Query);
        var range = PlaylistRange.Parse(query);
        if (range is null)
        {
            return PlaylistRange.Refuse(query);
        }

        var services = context.RequestServices;
        var nowUs = Clock.NowUs(services.GetRequiredService<TimeProvider>());
        var show = requested.Show;
        var state = await show.Reader.InfoAsync(context.RequestAborted);
        // Whether a range still grows depends on the clock too, not only on commits.
        var ahead = range is PlaylistRange.Times times && times.ToUs > nowUs ? 1 : 0;
        var moment = (2 * (nowUs / PlaylistLimits.Us(PlaylistLimits.Settling / 10))) + ahead;
        var made = await services
            .GetRequiredService<PlaylistCache>()
            .GetAsync(show.Reader, $"{format.FileName} {range}", state, moment, () => Make(show, state, format, range, nowUs, services));
        return made.Playlist is null ? made.Refusal!.ToResult() : Send(made.Playlist, context);
    }

    /// <summary>Made for all who ask, so no single listener's leaving stops it.</summary>
    private static async Task<PlaylistCache.Made> Make(
        ServedShow show,
        ShowInfo state,
        PlaylistFormat format,
        PlaylistRange range,
        long nowUs,
        IServiceProvider services
    )
    {
        var selector = new PlaylistSelector(show.Reader, state, format, nowUs, services.GetRequiredService<IShowCatalog>().Mode);
        var (selection, refusal) = await selector.SelectAsync(range, CancellationToken.None);
        if (selection is null)
        {
            return new PlaylistCache.Made(null, refusal);
        }

        var discontinuities = await DiscontinuityCounts.OfAsync(show.Reader, selection, CancellationToken.None);
        var target = await TargetAsync(show, state, selection, services);
        var text = PlaylistText.Write(state.UniqueId, selection, discontinuities, target);
        var isFixed = selection.Kind == PlaylistKind.Vod;
        var footing = isFixed && HasEnd(range, state) ? await PlaylistFooting.OfAsync(show.Reader, selection) : null;
        return new PlaylistCache.Made(new Playlist(text, selection.Ended, isFixed), null, footing);
    }

    /// <summary>What is recorded later is not of this range, if it is finished now.</summary>
    private static bool HasEnd(PlaylistRange range, ShowInfo state) =>
        range switch
        {
            PlaylistRange.Ids ids => ids.End <= state.MaxId,
            PlaylistRange.Times or PlaylistRange.Section => true,
            _ => false,
        };

    /// <summary>
    /// What a list promises as its longest segment, seconds. A finished one knows. A growing one promises what is configured, here or at the
    /// recorder that the show comes from, and keeps that. A sliding window has no end at which another length could begin: it follows what
    /// is configured, and for half an hour what was longer.
    /// </summary>
    private static async Task<int> TargetAsync(ServedShow show, ShowInfo state, PlaylistSelection selection, IServiceProvider services)
    {
        var longest = TargetDuration.Of(selection.LongestSeconds);
        if (selection.Kind == PlaylistKind.Vod)
        {
            return longest;
        }

        var configured = show.TargetSeconds ?? state.TargetSeconds;
        configured ??= await services.GetRequiredService<LongestSegments>().OfAsync(show.Reader, selection, CancellationToken.None);
        var target = Math.Max(longest, configured.Value);
        return selection.Kind == PlaylistKind.Live
            ? target
            : services.GetRequiredService<TargetPromises>().Keep(show.Reader, selection.Segments[0].Id, target, longest);
    }

    private static IResult Send(Playlist playlist, HttpContext context)
    {
        var (body, encoding) = Choose(playlist, context.Request);
        var headers = context.Response.Headers;
        headers.Vary = HeaderNames.AcceptEncoding;
        if (encoding is not null)
        {
            headers.ContentEncoding = encoding;
        }

        if (!playlist.Finished)
        {
            headers.CacheControl = "no-store";
            return TypedResults.Bytes(body, MediaPlaylist.MediaType);
        }

        headers.CacheControl = CachePolicy.Revalidate(context);
        var tag = new EntityTagHeaderValue($"\"{playlist.Tag}{(encoding is null ? "" : "-" + encoding)}\"");
        return TypedResults.Bytes(body, MediaPlaylist.MediaType, entityTag: tag);
    }

    private static (byte[] Body, string? Encoding) Choose(Playlist playlist, HttpRequest request)
    {
        foreach (var (name, pack) in (ReadOnlySpan<(string, Func<Playlist, byte[]>)>)[("br", p => p.Brotli), ("gzip", p => p.Gzip)])
        {
            if (AcceptEncoding.Takes(request, name))
            {
                return (pack(playlist), name);
            }
        }

        return (playlist.Text, null);
    }
}
