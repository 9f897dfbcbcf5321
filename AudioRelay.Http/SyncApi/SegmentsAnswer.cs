using System.Security.Cryptography;
using AudioRelay.Storage;
using AudioRelay.Streams.Sync.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AudioRelay.Http.SyncApi;

/// <summary>Segments in the form that the request's Accept header likes best: version 1 unless it says otherwise.</summary>
internal static class SegmentsAnswer
{
    private const string Json = "application/json";

    public static IResult Of(IReadOnlyList<Segment> segments, HttpRequest request)
    {
        var accepted = MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var list) ? list : [];
        var best = accepted.Where(Knows).MaxBy(a => a.Quality ?? 1); // of equals the first
        if (best is not null && Is(best, Json))
        {
            return TypedResults.Json(segments.Select(AsJson).ToArray(), SyncJson.Options);
        }

        return best is not null && IsVersionTwo(best)
            ? Binary(segments, WireVersion.Two, SegmentStream.MediaType + "; version=2")
            : Binary(segments, WireVersion.One, SegmentStream.MediaType);
    }

    private static bool Knows(MediaTypeHeaderValue accepted) =>
        Is(accepted, Json) || Is(accepted, SegmentStream.MediaType) || accepted.MatchesAllTypes;

    private static bool Is(MediaTypeHeaderValue accepted, string type) =>
        accepted.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase);

    private static bool IsVersionTwo(MediaTypeHeaderValue accepted) =>
        Is(accepted, SegmentStream.MediaType) && ProtocolVersion.IsTwo(accepted);

    private static SyncSegment AsJson(Segment segment) =>
        new(
            segment.Info.Id,
            segment.Info.TimestampMs,
            segment.Info.StartsSection ? 1 : 0,
            segment.Data,
            segment.Info.SectionId,
            segment.Info.DurationSamples
        );

    private static SegmentStreamResult Binary(IReadOnlyList<Segment> segments, WireVersion version, string mediaType) =>
        new([.. segments.Select(s => Record(s, version))], version, mediaType);

    private static WireSegment Record(Segment segment, WireVersion version) =>
        new(
            segment.Info.Id,
            segment.Info.TimestampMs,
            segment.Info.StartsSection,
            segment.Info.SectionId,
            segment.Info.DurationSamples,
            segment.Data,
            // A predecessor's file has no hashes: there the one of today is the best there is.
            version == WireVersion.Two
                ? segment.Info.Sha256 ?? SHA256.HashData(segment.Data)
                : ReadOnlyMemory<byte>.Empty
        );
}
