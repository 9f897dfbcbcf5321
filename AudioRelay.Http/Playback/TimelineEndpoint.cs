using AudioRelay.Http.Shows;
using AudioRelay.Storage;
using AudioRelay.Storage.Timeline;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AudioRelay.Http.Playback;

/// <summary><c>timeline</c>: windows, sections, gaps and titles of a stretch of at most 31 days.</summary>
internal static class TimelineEndpoint
{
    private const int MostTitles = 10_000;
    private static readonly long LongestUs = TimeSpan.FromDays(31).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>The longest that sound is heard before it is committed: a segment of a minute, and some delay.</summary>
    private static readonly long OnItsWayUs = TimeSpan.FromSeconds(90).Ticks / TimeSpan.TicksPerMicrosecond;

    public static async Task<Results<Ok<TimelineAnswer>, ProblemHttpResult>> Get(
        RequestedShow show,
        HttpContext context,
        TimeProvider time,
        CancellationToken cancel
    )
    {
        var query = new QueryReader(context.Request.Query);
        var range = new UtcRange(QueryReader.ToUs(query.Required("from_ms")), QueryReader.ToUs(query.Required("to_ms")));
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

        return TypedResults.Ok(await Read(show.Reader, range, Clock.NowUs(time), cancel));
    }

    private static async Task<TimelineAnswer> Read(IShowReader reader, UtcRange range, long nowUs, CancellationToken cancel)
    {
        var sections = await reader.SectionsAsync(new SectionQuery(range), cancel);
        // What lies ahead is wanted, perhaps, but not missing yet; nor is what is being recorded at this moment.
        var known = sections is [.., { Ended: false } growing] && nowUs - growing.EndUs < OnItsWayUs ? growing.EndUs : nowUs;
        var until = Math.Max(range.FromUs, Math.Min(range.UntilUs, known));
        var timeline = await reader.TimelineAsync(range with { UntilUs = until }, cancel);
        var titles = await reader.TitlesAsync(new TitleQuery(range, Limit: MostTitles), cancel);
        return new TimelineAnswer(
            [.. timeline.Windows.Select(window => new TimelineAnswer.Stretch(Ms(window.FromUs), Ms(window.UntilUs)))],
            [.. sections.Select(section => Clip(section, range))],
            [
                .. timeline.Gaps.Select(gap => new TimelineAnswer.GapStretch(
                    Ms(gap.FromUs),
                    Ms(gap.UntilUs),
                    gap.Cause.WireName(),
                    gap.Detail
                )),
            ],
            [.. titles.Select(title => new TimelineAnswer.Title(title.SectionId, Ms(title.UtcUs), title.Text))]
        );
    }

    private static TimelineAnswer.Section Clip(SectionInfo section, UtcRange range)
    {
        var part = section.Range.Intersect(range);
        return new TimelineAnswer.Section(section.Id, Ms(part.FromUs), Ms(part.UntilUs), section.Ended);
    }

    private static long Ms(long us) => us / 1000;
}
