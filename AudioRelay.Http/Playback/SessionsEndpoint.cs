using AudioRelay.Http.Shows;
using AudioRelay.Storage;
using AudioRelay.Storage.Timeline;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AudioRelay.Http.Playback;

/// <summary><c>sessions</c>: sections with sound that share time with a range, also those that began before it.</summary>
internal static class SessionsEndpoint
{
    public static async Task<Results<Ok<SessionsAnswer>, ProblemHttpResult>> Get(
        RequestedShow show,
        HttpContext context,
        CancellationToken cancel
    )
    {
        var query = new QueryReader(context.Request.Query);
        var start = query.Number("start_ts");
        var end = query.Number("end_ts");
        var descending = query.Flag("sort_desc");
        if (query.Fault is not null)
        {
            return Problems.Bad(query.Fault);
        }

        UtcRange? range =
            start is null && end is null
                ? null
                : new UtcRange(QueryReader.ToUs(start ?? long.MinValue), QueryReader.ToUs(end ?? long.MaxValue));
        var sections = await show.Reader.SectionsAsync(new SectionQuery(range, descending), cancel);
        return TypedResults.Ok(new SessionsAnswer(show.Show.Name, [.. sections.Select(SessionAnswer.Of)]));
    }

    internal sealed record SessionsAnswer(string Name, IReadOnlyList<SessionAnswer> Sessions);
}
