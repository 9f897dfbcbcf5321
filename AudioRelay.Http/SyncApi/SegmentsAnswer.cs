using AudioRelay.Storage;
using AudioRelay.Streams.Sync.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AudioRelay.Http.SyncApi;

/// <summary>Segments in the form that the request's Accept header likes best: version 1 unless it says otherwise.</summary>
internal static class SegmentsAnswer
{
    private const string Json = "application/json";

    /// <summary>The version of the stream that is wanted; null when JSON is.</summary>
    public static WireVersion? Wanted(HttpRequest request)
    {
        var accepted = MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var list) ? list : [];
        var best = accepted.Where(Knows).MaxBy(a => a.Quality ?? 1); // of equals the first
        return best is null ? WireVersion.One
            : Is(best, Json) ? null
            : Is(best, SegmentStream.MediaType) && ProtocolVersion.IsTwo(best) ? WireVersion.Two
            : WireVersion.One;
    }

    /// <summary>A stream; the answer disposes of the batch.</summary>
    public static IResult Of(SegmentStreamWriter batch) =>
        new SegmentStreamResult(
            batch,
            batch.Version == WireVersion.Two ? SegmentStream.MediaType + "; version=2" : SegmentStream.MediaType
        );

    /// <summary>JSON.</summary>
    public static IResult Of(IEnumerable<Segment> segments) =>
        TypedResults.Json(
            segments
                .Select(s => new SyncSegment(
                    s.Info.Id,
                    s.Info.TimestampMs,
                    s.Info.StartsSection ? 1 : 0,
                    s.Data,
                    s.Info.SectionId,
                    s.Info.DurationSamples
                ))
                .ToArray(),
            SyncJson.Options
        );

    private static bool Knows(MediaTypeHeaderValue accepted) =>
        Is(accepted, Json) || Is(accepted, SegmentStream.MediaType) || accepted.MatchesAllTypes;

    private static bool Is(MediaTypeHeaderValue accepted, string type) =>
        accepted.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase);
}
