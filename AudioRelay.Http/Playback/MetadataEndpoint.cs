using AudioRelay.Http.Shows;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AudioRelay.Http.Playback;

/// <summary><c>metadata</c>: what the store says about itself.</summary>
internal static class MetadataEndpoint
{
    public static async Task<Ok<MetadataAnswer>> Get(RequestedShow show, CancellationToken cancel)
    {
        var info = await show.Reader.InfoAsync(cancel);
        return TypedResults.Ok(
            new MetadataAnswer(
                info.UniqueId,
                show.Show.Name,
                info.AudioFormat,
                info.Bitrate,
                info.SampleRate,
                info.Version,
                info.MinId,
                info.MaxId
            )
        );
    }

    internal sealed record MetadataAnswer(
        string UniqueId,
        string Name,
        string AudioFormat,
        string Bitrate,
        string SampleRate,
        string Version,
        long? MinId,
        long? MaxId
    );
}
