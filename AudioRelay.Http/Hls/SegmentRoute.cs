using AudioRelay.Http.Playback;
using AudioRelay.Http.Shows;
using AudioRelay.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AudioRelay.Http.Hls;

/// <summary>
/// The way to a segment. Nearly all requests are for segments, nearly all of them for a whole one, so these do not pass through the
/// machinery of filters and results, which costs more than all the rest of such an answer. Everything else takes the usual way to the same
/// answers.
/// </summary>
internal static class SegmentRoute
{
    public static RequestDelegate To(SegmentKind kind) => context => Invoke(kind, context);

    private static async Task Invoke(SegmentKind kind, HttpContext context)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        var requested = (await RequestedShow.BindAsync(context))!;
        if (!requested.IsHere)
        {
            await requested.Refusal().ExecuteAsync(context);
            return;
        }

        var file = (string)context.GetRouteValue("file")!;
        try
        {
            if (IsPlain(context.Request) && SegmentEndpoint.TryParse(file, kind.Extension, out var id))
            {
                var answer = await SegmentEndpoint.Find(new SegmentKey(requested.Reader, kind, id), context);
                if (answer.Refusal is null && SegmentEndpoint.CacheOf(answer, context) is { } cache)
                {
                    await Send(answer, kind, cache, context);
                    return;
                }
            }

            await (await SegmentEndpoint.Get(kind, requested, file, context)).ExecuteAsync(context);
        }
        catch (StorageException fault)
        {
            await StorageFaultFilter.Answer(fault).ExecuteAsync(context);
        }
    }

    /// <summary>The whole is asked for, whatever the caller may have already.</summary>
    private static bool IsPlain(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && request.Headers is { Range.Count: 0, IfRange.Count: 0, IfMatch.Count: 0, IfNoneMatch.Count: 0 }
        && request.Headers is { IfModifiedSince.Count: 0, IfUnmodifiedSince.Count: 0 };

    private static Task Send(SegmentAnswer answer, SegmentKind kind, string cache, HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentType = kind.MediaType;
        headers.ContentLength = answer.Body.Length;
        headers.ETag = answer.QuotedTag;
        headers.AcceptRanges = "bytes";
        headers.CacheControl = cache;
        return context.Response.Body.WriteAsync(answer.Body, context.RequestAborted).AsTask();
    }
}
