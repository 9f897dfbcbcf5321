using System.Globalization;
using System.Runtime.CompilerServices;
using AudioRelay.Http.Shows;
using AudioRelay.Media.Containers.Mp4;
using AudioRelay.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace AudioRelay.Http.Hls;

/// <summary>
/// Segments and init segments: never changed under the address that a list gives them, so kept for a year by whoever fetched them. Under the
/// predecessor's address, which is only a number, they are asked for again each time.
/// </summary>
internal static class SegmentEndpoint
{
    private const int SectionPage = 32;

    public static async Task<IResult> Get(SegmentKind kind, RequestedShow requested, string file, HttpContext context)
    {
        if (kind.HasInit && file.StartsWith("init", StringComparison.Ordinal) && file.EndsWith(".mp4", StringComparison.Ordinal))
        {
            return await GetInit(kind, requested.Reader, file, context);
        }

        if (!TryParse(file, kind.Extension, out var id))
        {
            return Problems.Bad($"'{file}' is not the name of a segment, which is a number and '{kind.Extension}'.");
        }

        var answer = await Find(new SegmentKey(requested.Reader, kind, id), context);
        if (answer.Refusal is { } refusal)
        {
            return refusal.ToResult();
        }

        if (CacheOf(answer, context) is not { } cache)
        {
            return Problems.Of(
                StatusCodes.Status410Gone,
                $"Segment {id} was another one when this address was listed; read the list again."
            );
        }

        return Send(answer.Body, kind.MediaType, answer.Tag, cache, context);
    }

    /// <summary>The segment from memory, or read.</summary>
    public static ValueTask<SegmentAnswer> Find(SegmentKey key, HttpContext context)
    {
        var services = context.RequestServices;
        return services.GetRequiredService<SegmentCache>().GetAsync(key, services.GetRequiredService<SegmentLoader>().LoadAsync);
    }

    /// <summary>What caches may do with a segment under the address it was asked for by; null when that means another one.</summary>
    public static string? CacheOf(SegmentAnswer answer, HttpContext context) =>
        SegmentMark.Read(context.Request, answer) switch
        {
            SegmentMark.Named.This => CachePolicy.Immutable(context),
            SegmentMark.Named.Nothing => CachePolicy.Revalidate(context),
            _ => null,
        };

    /// <summary>Reads the name of a segment.</summary>
    public static bool TryParse(string file, string extension, out long id)
    {
        id = 0;
        return file.EndsWith(extension, StringComparison.Ordinal)
            && long.TryParse(file.AsSpan(0, file.Length - extension.Length), NumberStyles.None, CultureInfo.InvariantCulture, out id);
    }

    private static async Task<IResult> GetInit(SegmentKind kind, IShowReader reader, string file, HttpContext context)
    {
        await foreach (var section in Configurations(kind, reader, context.RequestAborted))
        {
            var init = InitSegments.Of(section);
            var name = InitSegment.FileName(init);
            if (file == name)
            {
                return Send(init, "audio/mp4", name, CachePolicy.Immutable(context), context);
            }

            if (file == "init.mp4")
            {
                // The predecessor's players know this name only; it means the newest one and may change.
                return Send(init, "audio/mp4", name, CachePolicy.Revalidate(context), context);
            }
        }

        return Problems.NotFound($"There is no init segment '{file}'.");
    }

    /// <summary>One section of each configuration, newest first, read in pages: nearly always it is among the first.</summary>
    private static async IAsyncEnumerable<SectionInfo> Configurations(
        SegmentKind kind,
        IShowReader reader,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var seen = new HashSet<(string, int, int, int)>();
        for (long? after = null; ; )
        {
            var page = await reader.SectionsAsync(new SectionQuery(Descending: true, After: after, Limit: SectionPage), cancel);
            foreach (var section in page)
            {
                if (section.Codec == kind.Codec && seen.Add(InitSegments.ConfigurationOf(section)))
                {
                    yield return section;
                }
            }

            if (page.Count < SectionPage)
            {
                yield break;
            }

            after = page[^1].Id;
        }
    }

    private static IResult Send(byte[] body, string mediaType, string tag, string cache, HttpContext context)
    {
        context.Response.Headers.CacheControl = cache;
        return TypedResults.Bytes(body, mediaType, enableRangeProcessing: true, entityTag: new EntityTagHeaderValue($"\"{tag}\""));
    }
}
