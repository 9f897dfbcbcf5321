using AudioRelay.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AudioRelay.Http.Playback;

/// <summary>The answer about a section that is not here: 410 when it was, 404 when it never was.</summary>
internal static class MissingSection
{
    public static async ValueTask<ProblemHttpResult> Answer(
        IShowReader reader,
        long id,
        CancellationToken cancel,
        params (string Name, object? Value)[] fields
    ) =>
        await reader.SectionPresenceAsync(id, cancel) == Presence.Removed
            ? Problems.Of(StatusCodes.Status410Gone, $"Section {id} is no longer kept.", fields)
            : Problems.Of(StatusCodes.Status404NotFound, $"There is no section {id}.", fields);
}
