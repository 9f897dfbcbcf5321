using AudioRelay.Http.Export;
using AudioRelay.Http.Security.Limits;
using AudioRelay.Http.Shows;
using AudioRelay.Media.Codecs;
using AudioRelay.Streams.Export;
using AudioRelay.Streams.Export.Files;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace AudioRelay.Http.SyncApi;

/// <summary>The sync seed's export: the recorder writes a section into a file and says where; the file can be fetched for a day.</summary>
internal static class SyncExports
{
    private static readonly FileExtensionContentTypeProvider MediaTypes = new(
        ExportProfile.All.DistinctBy(p => p.Extension).ToDictionary(p => "." + p.Extension, p => p.MediaType)
    );

    /// <summary>Adds both routes to the group of <c>/api/sync</c>.</summary>
    public static void Map(RouteGroupBuilder sync)
    {
        sync.MapGet("/shows/{show}/sections/{section:long}/export", Export).LimitExports();
        sync.MapMethods("/shows/{show}/exports/{file}", [HttpMethods.Get, HttpMethods.Head], Download);
    }

    private static async Task<IResult> Export(
        string show,
        long section,
        HttpRequest request,
        IShowCatalog catalog,
        ExportFolder folder,
        CodecCatalog codecs,
        CancellationToken cancel
    )
    {
        if (catalog.Find(show) is not { } served)
        {
            return SyncEndpoints.UnknownShow(show);
        }

        using var place = folder.TryBegin(served.Name);
        if (place is null)
        {
            return Problems.Of(StatusCodes.Status409Conflict, $"An export of '{show}' is in progress; ask again when it is done.");
        }

        var format = new QueryReader(request.Query).Text("format") ?? ExportProfile.Stored;
        var info = await served.Reader.SectionAsync(section, cancel);
        var (file, refusal) = await Exporter.PrepareAsync(served.Reader, new ExportRange.Section(section), format, codecs, cancel);
        if (file is null || info is null)
        {
            // The seed knows one answer for a format that there is not and one that does not fit.
            return refusal!.Cause == ExportRefusalCause.DoesNotFit ? Problems.Bad(refusal.Detail) : ExportRefusals.Of(refusal);
        }

        try
        {
            var path = await folder.WriteAsync(served.Name, file, cancel);
            return TypedResults.Json(
                new SyncExport(
                    $"exports/{path}",
                    section,
                    format is ExportProfile.Stored or ExportProfile.Original ? info.Codec : format,
                    file.Duration.TotalSeconds,
                    "../../exports/" + Uri.EscapeDataString(file.Name),
                    new FileInfo(folder.Find(served.Name, file.Name)!).Length,
                    info.Ended
                ),
                SyncJson.Options
            );
        }
        catch (ExportDiskException full)
        {
            return Problems.Of(StatusCodes.Status507InsufficientStorage, full.Message);
        }
        catch (ExportInterruptedException gone)
        {
            return Problems.Gone(gone.Message);
        }
        catch (InvalidDataException damaged)
        {
            return Problems.Of(StatusCodes.Status500InternalServerError, $"The section cannot be exported: {damaged.Message}");
        }
    }

    private static IResult Download(string show, string file, HttpContext context, IShowCatalog catalog, ExportFolder folder)
    {
        if (catalog.Find(show) is not { } served)
        {
            return SyncEndpoints.UnknownShow(show);
        }

        if (folder.Find(served.Name, file) is not { } path)
        {
            return Problems.NotFound($"There is no export '{file}' here; exports are kept for {ExportFolder.KeptFor.TotalHours:0} hours.");
        }

        context.Response.Headers.CacheControl = "no-store"; // another export may take the name
        context.Response.Headers.XContentTypeOptions = "nosniff";
        var (length, written) = (new FileInfo(path).Length, File.GetLastWriteTimeUtc(path));
        MediaTypes.TryGetContentType(path, out var type);
        return TypedResults.PhysicalFile(
            path,
            type,
            file,
            new DateTimeOffset(written, TimeSpan.Zero),
            new EntityTagHeaderValue($"\"{written.Ticks:x}-{length:x}\""),
            enableRangeProcessing: true
        );
    }
}
