using AudioRelay.Http.Shows;
using AudioRelay.Storage;
using AudioRelay.Storage.Timeline;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AudioRelay.Http.Playback;

/// <summary>
/// <c>session/{id}/estimate_segment</c>: the segment that holds an instant. The predecessor guessed by counting; here it is looked up in the
/// section's wall map, which the name of the path and the statuses do not tell.
/// </summary>
internal static class EstimateEndpoint
{
    public static async Task<Results<Ok<EstimateAnswer>, ProblemHttpResult>> Get(
        RequestedShow show,
        long id,
        HttpContext context,
        CancellationToken cancel
    )
    {
        var query = new QueryReader(context.Request.Query);
        var at = query.RequiredMs("timestamp_ms");
        if (query.Fault is not null)
        {
            return Problems.Bad(query.Fault);
        }

        var section = await show.Reader.SectionAsync(id, cancel);
        if (section is null)
        {
            return await MissingSection.Answer(show.Reader, id, cancel, Bounds(null, null));
        }

        if (section is not { FirstSegmentId: { } first, LastSegmentId: { } last })
        {
            var empty = $"Section {id} has no sound.";
            return Problems.Of(StatusCodes.Status404NotFound, empty, Bounds(section.StartTimestampMs, null));
        }

        var end = Math.Max(section.StartTimestampMs, section.EndUs / 1000);
        if (at < section.StartTimestampMs || at > end)
        {
            var side = at < section.StartTimestampMs ? "before the section starts" : "after the section ends";
            return Problems.Of(StatusCodes.Status400BadRequest, $"{at} lies {side}.", Bounds(section.StartTimestampMs, end));
        }

        var segment = at >= end ? last : await Holding(show.Reader, section, at, cancel) ?? (at == section.StartTimestampMs ? first : last);
        return TypedResults.Ok(new EstimateAnswer(id, segment, at));
    }

    /// <summary>The first segment that has sound at the instant or after it: at a jump of the wall clock there may be none exactly there.</summary>
    private static async Task<long?> Holding(IShowReader reader, SectionInfo section, long atMs, CancellationToken cancel)
    {
        // All of the instant's millisecond: a section may begin within the one its start is written as.
        var fromUs = Math.Max(Times.ToUs(atMs), section.StartUs);
        var exact = await reader.SegmentsAsync(Query(section, new UtcRange(fromUs, fromUs + 1)), cancel);
        if (exact is [var segment, ..])
        {
            return segment.Id;
        }

        var later = await reader.SegmentsAsync(Query(section, new UtcRange(fromUs, section.EndUs)), cancel);
        return later is [var next, ..] ? next.Id : null;
    }

    private static SegmentQuery Query(SectionInfo section, UtcRange range) => new(SectionId: section.Id, Overlapping: range, Limit: 1);

    private static (string Name, object? Value)[] Bounds(long? start, long? end) => [("section_start_ms", start), ("section_end_ms", end)];

    internal sealed record EstimateAnswer(long SectionId, long EstimatedSegmentId, long TimestampMs);
}
