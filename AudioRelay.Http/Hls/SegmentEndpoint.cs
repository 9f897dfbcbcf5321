using System.Globalization;
using AudioRelay.Http.Shows;
using AudioRelay.Media.Containers.Mp4;
using AudioRelay.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AudioRelay.Http.Hls;

/// <summary>Segments and init segments: never changed under their address, so kept for a year by whoever fetched them.</summary>
internal static class SegmentEndpoint
{
    public static async Task<IResult> Get(SegmentKind kind, RequestedShow requested, string file, HttpContext context)
    {
        var cancel = context.RequestAborted;
        if (kind.HasInit && file.StartsWith("init", StringComparison.Ordinal) && file.EndsWith(".mp4", StringComparison.Ordinal))
        {
            return await GetInit(kind, requested.Reader, file, context);
        }

        if (!TryParse(file, kind.Extension, out var id))
        {
            return Problems.Bad($"'{file}' is not the name of a segment, which is a number and '{kind.Extension}'.");
        }

        var (presence, segment) = await requested.Reader.SegmentAsync(id, cancel);
        if (segment is null)
        {
            return presence == Presence.Removed
                ? Problems.Gone($"Segment {id} is no longer kept.")
                : Problems.NotFound($"There is no segment {id}.");
        }

        var section = await requested.Reader.SectionAsync(segment.Info.SectionId, cancel);
        if (section is null)
        {
            return Problems.Gone($"Segment {id} is no longer kept.");
        }

        if (section.Codec != kind.Codec)
        {
            return Problems.NotFound($"Segment {id} is {section.Codec}.");
        }

        var store = (await requested.Reader.InfoAsync(cancel)).UniqueId;
        return Send(SegmentBytes.Of(kind, section, segment), kind.MediaType, $"{store}-{kind.Folder}-{id}", context);
    }

    private static async Task<IResult> GetInit(SegmentKind kind, IShowReader reader, string file, HttpContext context)
    {
        var sections = await reader.SectionsAsync(new SectionQuery(Descending: true), context.RequestAborted);
        var candidates = sections.Where(section => section.Codec == kind.Codec).DistinctBy(InitSegments.ConfigurationOf);
        foreach (var section in candidates)
        {
            var init = InitSegments.Of(section);
            var name = InitSegment.FileName(init);
            if (file == name)
            {
                return Send(init, "audio/mp4", name, context);
            }

            if (file == "init.mp4")
            {
                // The predecessor's players know this name only; it means the newest one and may change.
                context.Response.Headers.CacheControl = CachePolicy.Revalidate(context);
                return TypedResults.Bytes(init, "audio/mp4", enableRangeProcessing: true, entityTag: Tag(name));
            }
        }

        return Problems.NotFound($"There is no init segment '{file}'.");
    }

    private static IResult Send(byte[] body, string mediaType, string tag, HttpContext context)
    {
        context.Response.Headers.CacheControl = CachePolicy.Immutable(context);
        return TypedResults.Bytes(body, mediaType, enableRangeProcessing: true, entityTag: Tag(tag));
    }

    private static EntityTagHeaderValue Tag(string name) => new($"\"{name}\"");

    private static bool TryParse(string file, string extension, out long id)
    {
        id = 0;
        return file.EndsWith(extension, StringComparison.Ordinal)
            && long.TryParse(file.AsSpan(0, file.Length - extension.Length), NumberStyles.None, CultureInfo.InvariantCulture, out id);
    }
}
