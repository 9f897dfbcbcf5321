using AudioRelay.Streams.Sync.Wire;
using Microsoft.AspNetCore.Http;

namespace AudioRelay.Http.SyncApi;

/// <summary>A batch of segments as an answer; it disposes of the writer.</summary>
internal sealed class SegmentStreamResult(SegmentStreamWriter batch, string mediaType) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using (batch)
        {
            var all = batch.Complete();
            httpContext.Response.ContentType = mediaType;
            httpContext.Response.ContentLength = all.Length;
            await httpContext.Response.Body.WriteAsync(all, httpContext.RequestAborted);
        }
    }
}
