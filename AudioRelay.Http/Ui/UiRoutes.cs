using AudioRelay.Http.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace AudioRelay.Http.Ui;

/// <summary>The web UI at every path that is nobody else's.</summary>
internal static class UiRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var files = UiFiles.Load(routes.ServiceProvider.GetRequiredService<PlaybackOptions>().UiFolder);
        // The page is for everybody, because it is where one signs in; what it shows is asked from the API.
        routes
            .MapMethods("/{**path}", [HttpMethods.Get, HttpMethods.Head], (HttpContext context, string? path) => Get(files, context, path))
            .OpenToEverybody();
    }

    private static IResult Get(UiFiles files, HttpContext context, string? path)
    {
        if (context.Request is { PathBase.HasValue: true, Path.HasValue: false })
        {
            // Without the slash the page's relative addresses would lead beside it.
            return TypedResults.Redirect($"{context.Request.PathBase}/{context.Request.QueryString}", preserveMethod: true);
        }

        var file = string.IsNullOrEmpty(path) ? files.Index : files.Find(path);
        if (file is null)
        {
            return string.IsNullOrEmpty(path)
                ? TypedResults.Text("AudioRelay is running. The web UI is not part of this build; the API is under /api.")
                : NotFound(context, path);
        }

        UiHeaders.Set(context.Response.Headers);
        context.Response.Headers.CacheControl = file.Immutable ? "public, max-age=31536000, immutable" : "no-cache";
        context.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        var packed = file.Gzip is not null && AcceptEncoding.Takes(context.Request, "gzip");
        if (packed)
        {
            context.Response.Headers.ContentEncoding = "gzip";
        }

        var tag = new EntityTagHeaderValue($"\"{file.Tag}{(packed ? "-gzip" : "")}\"");
        return TypedResults.Bytes(packed ? file.Gzip! : file.Bytes, file.MediaType, entityTag: tag);
    }

    /// <summary>Programs get what programs read; who typed an address, or followed an old one, gets a page that leads to the shows.</summary>
    private static IResult NotFound(HttpContext context, string path)
    {
        context.Response.Headers.Vary = HeaderNames.Accept;
        var isPage =
            !path.StartsWith("api/", StringComparison.Ordinal)
            && context.Request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));
        if (!isPage)
        {
            return Problems.NotFound($"There is nothing at '/{path}'.");
        }

        UiHeaders.Set(context.Response.Headers);
        // Relative: behind a proxy this server need not know under which path it stands.
        var depth = path.Count(letter => letter == '/');
        var root = depth == 0 ? "./" : string.Concat(Enumerable.Repeat("../", depth));
        return TypedResults.Text(
            $"""
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>Not found · AudioRelay</title>
            <h1>There is no such page here.</h1>
            <p><a href="{root}">To the shows</a></p>
            </html>

            """,
            "text/html",
            statusCode: StatusCodes.Status404NotFound
        );
    }
}
