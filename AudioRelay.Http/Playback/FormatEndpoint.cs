using AudioRelay.Http.Shows;
using AudioRelay.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AudioRelay.Http.Playback;

/// <summary><c>format</c>: which playlist to ask for. For a copy that is what the newest section holds, since clients choose by it.</summary>
internal static class FormatEndpoint
{
    public static async Task<Ok<FormatAnswer>> Get(RequestedShow show, CancellationToken cancel)
    {
        var newest = await show.Reader.SectionsAsync(new SectionQuery(Descending: true, Limit: 1), cancel);
        var format = newest is [var section] ? section.Codec : (await show.Reader.InfoAsync(cancel)).AudioFormat;
        return TypedResults.Ok(new FormatAnswer(format));
    }

    internal sealed record FormatAnswer(string Format);
}
