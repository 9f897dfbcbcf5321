using System.Buffers;
using AudioRelay.Streams.Sync.Wire;
using Microsoft.AspNetCore.Http;

namespace AudioRelay.Http.SyncApi;

/// <summary>A batch of segments as an answer, from a pooled buffer: a pull of a big show asks for megabytes many times a second.</summary>
internal sealed class SegmentStreamResult(IReadOnlyCollection<WireSegment> segments, WireVersion version, string mediaType) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var length = SegmentStream.Length(version, segments);
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            SegmentStream.Write(buffer.AsSpan(0, length), version, segments);
            httpContext.Response.ContentType = mediaType;
            httpContext.Response.ContentLength = length;
            await httpContext.Response.Body.WriteAsync(buffer.AsMemory(0, length), httpContext.RequestAborted);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
