using AudioRelay.Http.Shows;
using AudioRelay.Streams.Receiver.Status;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace AudioRelay.Http.Playback;

/// <summary><c>live</c>: how near to now a show can be heard.</summary>
internal static class LiveEndpoint
{
    public static async Task<Ok<LiveAnswer>> Get(
        RequestedShow show,
        HttpContext context,
        TimeProvider time,
        [FromServices] SyncBoard? board,
        CancellationToken cancel
    )
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(await LiveAnswer.ReadAsync(show.Show, Clock.NowUs(time), board, cancel));
    }
}
