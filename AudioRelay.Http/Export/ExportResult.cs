using AudioRelay.Streams.Export;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AudioRelay.Http.Export;

/// <summary>A file that is written while it is sent.</summary>
/// <param name="file">The file.</param>
internal sealed class ExportResult(ExportFile file) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = file.MediaType;
        response.ContentLength = file.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(file.Name);
        response.Headers.ContentDisposition = disposition.ToString();
        if (HttpMethods.IsHead(httpContext.Request.Method))
        {
            return;
        }

        try
        {
            await file.Write(response.BodyWriter, httpContext.RequestAborted);
        }
        catch (Exception error) when (error is ExportInterruptedException or InvalidDataException)
        {
            // Half a file must not look like a whole one.
            httpContext.Abort();
        }
    }
}
