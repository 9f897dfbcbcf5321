using AudioRelay.Http.Shows;
using AudioRelay.Media.Codecs;
using AudioRelay.Storage;
using AudioRelay.Storage.Timeline;
using AudioRelay.Streams.Export;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AudioRelay.Http.Export;

/// <summary><c>export</c>: a section or a stretch of time as one file to save.</summary>
internal static class ExportEndpoint
{
    public static async Task<Results<ExportResult, ProblemHttpResult>> Get(
        RequestedShow show,
        HttpContext context,
        CodecCatalog codecs,
        CancellationToken cancel
    )
    {
        var query = new QueryReader(context.Request.Query);
        var section = query.Number("section_id");
        var (from, to) = (query.TimeMs("from_ms"), query.TimeMs("to_ms"));
        if (query.Fault is not null)
        {
            return Problems.Bad(query.Fault);
        }

        if (section is null == (from is null || to is null))
        {
            return Problems.Bad("Ask for one 'section_id', or for 'from_ms' and 'to_ms'.");
        }

        if (section is null && to <= from)
        {
            return Problems.Bad("The range ends before it begins.");
        }

        ExportRange range = section is { } id
            ? new ExportRange.Section(id)
            : new ExportRange.Times(new UtcRange(Times.ToUs(from!.Value), Times.ToUs(to!.Value)));
        var format = query.Text("format") ?? ExportProfile.Stored;
        var (file, refusal) = await Exporter.PrepareAsync(show.Reader, range, format, codecs, cancel);
        return file is null ? ExportRefusals.Of(refusal!) : new ExportResult(file);
    }
}
