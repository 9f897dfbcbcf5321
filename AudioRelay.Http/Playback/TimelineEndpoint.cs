using AudioRelay.Http.Shows;
using AudioRelay.Storage;
using AudioRelay.Storage.Timeline;
using AudioRelay.Streams.Receiver.Status;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace AudioRelay.Http.Playback;

/// <summary><c>timeline</c>: windows, sections, gaps and titles of a stretch of at most 31 days.</summary>
internal static class TimelineEndpoint
{
    private const int MostTitles = 10_000;
    private static readonly long LongestUs = TimeSpan.FromDays(31).Ticks / TimeSpan.TicksPerMicrosecond;

    public static async Task<Results<Ok<TimelineAnswer>, ProblemHttpResult>> Get(
        RequestedShow show,
        HttpContext context,
        TimeProvider time,
        [FromServices] SyncBoard? board,
        CancellationToken cancel
    )
    {
        var query = new QueryReader(context.Request.Query);
        var range = new UtcRange(Times.ToUs(query.RequiredMs("from_ms")), Times.ToUs(query.RequiredMs("to_ms")));
        if (query.Fault is not null)
        {
            return Problems.Bad(query.Fault);
        }

        if (range.UntilUs < range.FromUs)
        {
            return Problems.Bad("'to_ms' lies before 'from_ms'.");
        }

        if (range.LengthUs > LongestUs)
        {
            return Problems.OverLimit("A timeline covers at most 31 days.", "31 days");
        }

        return TypedResults.Ok(await Read(show, range, Clock.NowUs(time), board, cancel));
    }

    private static async Task<TimelineAnswer> Read(
        RequestedShow show,
        UtcRange range,
        long nowUs,
        SyncBoard? board,
        CancellationToken cancel
    )
    {
        var reader = show.Reader;
        var live = await LiveAnswer.ReadAsync(show.Show, nowUs, board, cancel);
        var sections = await reader.SectionsAsync(new SectionQuery(range), cancel);
        var until = Math.Max(range.FromUs, Math.Min(range.UntilUs, live.KnownUntilUs));
        var timeline = await reader.TimelineAsync(range with { UntilUs = until }, cancel);
        var titles = await reader.TitlesAsync(new TitleQuery(range, Limit: MostTitles), cancel);
        return new TimelineAnswer(
            [.. timeline.Windows.Select(window => new TimelineAnswer.Stretch(Ms(window.FromUs), Ms(window.UntilUs)))],
            [.. sections.Select(section => Clip(section, range, nowUs))],
            [
                .. timeline.Gaps.Select(gap => new TimelineAnswer.GapStretch(
                    Ms(gap.FromUs),
                    Ms(gap.UntilUs),
                    gap.Cause.WireName(),
                    gap.Detail
                )),
            ],
            [.. titles.Select(title => new TimelineAnswer.Title(title.SectionId, Ms(title.UtcUs), title.Text))],
            live.KnownUntilUs,
            live
        );
    }

    private static TimelineAnswer.Section Clip(SectionInfo section, UtcRange range, long nowUs)
    {
        var part = section.Range.Intersect(range);
        return new TimelineAnswer.Section(section.Id, Ms(part.FromUs), Ms(part.UntilUs), section.IsOver(nowUs));
    }

    private static long Ms(long us) => us / 1000;
}
