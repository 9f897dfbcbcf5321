using AudioRelay.Http.Shows;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AudioRelay.Http.Playback;

/// <summary><c>mode</c>: what this process is.</summary>
internal static class ModeEndpoint
{
    public static Ok<ModeAnswer> Get(IShowCatalog catalog) => TypedResults.Ok(new ModeAnswer(catalog.Mode));

    internal sealed record ModeAnswer(string Mode);
}
