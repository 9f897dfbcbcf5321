using AudioRelay.Http.Shows;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AudioRelay.Http.Playback;

/// <summary><c>segments/range</c>: the oldest and newest segment.</summary>
internal static class SegmentRangeEndpoint
{
    public static async Task<Results<Ok<RangeAnswer>, ProblemHttpResult>> Get(RequestedShow show, CancellationToken cancel)
    {
        var info = await show.Reader.InfoAsync(cancel);
        return info is { MinId: { } min, MaxId: { } max }
            ? TypedResults.Ok(new RangeAnswer(min, max))
            : Problems.NotFound("Nothing has been recorded yet.");
    }

    internal sealed record RangeAnswer(long StartId, long EndId);
}
