using AudioRelay.Http.Shows;
using AudioRelay.Storage;
using AudioRelay.Storage.Timeline;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AudioRelay.Http.Playback;

/// <summary><c>sessions</c>: sections with sound that share time with a range, also those that began before it. With <c>limit</c> in pages.</summary>
internal static class SessionsEndpoint
{
    private const int MostSessions = 1000;

    public static async Task<Results<Ok<SessionsAnswer>, ProblemHttpResult>> Get(
        RequestedShow show,
        HttpContext context,
        TimeProvider time,
        CancellationToken cancel
    )
    {
        var nowUs = Clock.NowUs(time);
        var query = new QueryReader(context.Request.Query);
        var start = query.TimeMs("start_ts");
        var end = query.TimeMs("end_ts");
        var descending = query.Flag("sort_desc");
        var (limit, after) = (query.Number("limit"), query.Number("after"));
        if (query.Fault is not null)
        {
            return Problems.Bad(query.Fault);
        }

        UtcRange? range = start is null && end is null ? null : new UtcRange(Times.ToUs(start ?? 0), Times.ToUs(end ?? UtcTimes.MostMs));
        if (limit is null)
        {
            // The predecessor's question: all there are.
            var all = await show.Reader.SectionsAsync(new SectionQuery(range, descending, after), cancel);
            return TypedResults.Ok(new SessionsAnswer(show.Show.Name, [.. all.Select(Told)], More: false));
        }

        var most = (int)Math.Clamp(limit.Value, 1, MostSessions);
        var page = await show.Reader.SectionsAsync(new SectionQuery(range, descending, after, most + 1), cancel);
        return TypedResults.Ok(new SessionsAnswer(show.Show.Name, [.. page.Take(most).Select(Told)], More: page.Count > most));

        SessionAnswer Told(SectionInfo section) => SessionAnswer.Of(section, nowUs);
    }

    /// <param name="Name">The show.</param>
    /// <param name="Sessions">Its sections.</param>
    /// <param name="More">There are more: ask again with <c>after</c> the last one's id.</param>
    internal sealed record SessionsAnswer(string Name, IReadOnlyList<SessionAnswer> Sessions, bool More);
}
