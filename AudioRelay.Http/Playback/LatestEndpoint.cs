using AudioRelay.Http.Shows;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AudioRelay.Http.Playback;

/// <summary><c>session/{id}/latest</c>: how far a section has come.</summary>
internal static class LatestEndpoint
{
    public static async Task<Results<Ok<LatestAnswer>, ProblemHttpResult>> Get(RequestedShow show, long id, CancellationToken cancel)
    {
        var section = await show.Reader.SectionAsync(id, cancel);
        if (section is null)
        {
            return await MissingSection.Answer(show.Reader, id, cancel);
        }

        return section.LastSegmentId is { } last
            ? TypedResults.Ok(new LatestAnswer(id, last, section.Segments))
            : Problems.NotFound($"Section {id} has no sound yet.");
    }

    internal sealed record LatestAnswer(long SectionId, long CurrentEndId, long SegmentCount);
}
