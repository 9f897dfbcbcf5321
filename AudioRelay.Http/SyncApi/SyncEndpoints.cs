using System.Buffers;
using System.Text.Json;
using AudioRelay.Http.Shows;
using AudioRelay.Storage;
using AudioRelay.Streams.Sync.Feed;
using AudioRelay.Streams.Sync.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace AudioRelay.Http.SyncApi;

/// <summary>What a receiver pulls: version 1 for any client of the predecessor's protocol, version 2 between our own.</summary>
/// <remarks>
/// The same routes serve both; <c>Accept: application/x-segment-stream; version=2</c> asks for version 2, <c>Accept: application/json</c>
/// for segments as the text of the sync seed shows them. Answers are bounded (<see cref="SyncSettings"/>): a client goes on from the last
/// segment it got, which the predecessor's does too.
/// </remarks>
public static class SyncEndpoints
{
    /// <summary>Adds the routes under <c>/api/sync</c>.</summary>
    public static IEndpointConventionBuilder MapSync(this IEndpointRouteBuilder routes)
    {
        var sync = routes.MapGroup("/api/sync").WithTags("Sync");
        sync.MapGet("/shows", Shows);
        sync.MapGet("/shows/{show}/metadata", Metadata);
        sync.MapGet("/shows/{show}/sections", Sections);
        sync.MapGet("/shows/{show}/sections/find_by_timestamp", FindByTimestamp);
        sync.MapGet("/shows/{show}/sections/{section:long}/segment_range", SegmentRange);
        sync.MapGet("/shows/{show}/segments", Segments);
        sync.MapGet("/shows/{show}/journal", Journal);
        sync.MapGet("/events", SyncEvents.Stream);
        return sync;
    }

    internal static async Task<IResult> Shows(IShowCatalog catalog, CancellationToken token)
    {
        List<SyncShow> shows = [];
        foreach (var show in catalog.Shows)
        {
            var info = await show.Reader.InfoAsync(token);
            if (info is { IsRecipient: false, MinId: { } minId, MaxId: { } maxId })
            {
                shows.Add(new SyncShow(show.Name, show.DatabaseFile ?? show.Name, minId, maxId, info.UniqueId));
            }
        }

        return TypedResults.Json(new SyncShows(shows), SyncJson.Options);
    }

    internal static async Task<IResult> Metadata(string show, IShowCatalog catalog, CancellationToken token)
    {
        if (catalog.Find(show) is not { } served)
        {
            return UnknownShow(show);
        }

        var info = await served.Reader.InfoAsync(token);
        return Recipient(info)
            ?? TypedResults.Json(
                new SyncMetadata(
                    info.UniqueId,
                    served.Name,
                    info.AudioFormat,
                    info.Bitrate,
                    info.SampleRate,
                    info.Version,
                    info.IsRecipient,
                    info.MinId ?? 0,
                    info.MaxId ?? 0,
                    info.JournalSeq
                ),
                SyncJson.Options
            );
    }

    /// <remarks>
    /// With a cutoff the section that straddles it is listed too: its later segments are served, and a receiver that never saw the
    /// section would refuse them (the predecessor's defect B15).
    /// </remarks>
    internal static async Task<IResult> Sections(string show, IShowCatalog catalog, CancellationToken token, long? cutoff_ts = null)
    {
        if (catalog.Find(show) is not { } served)
        {
            return UnknownShow(show);
        }

        var sections = await served.Reader.SectionsAsync(new SectionQuery(), token);
        return TypedResults.Json(
            sections
                .Where(s => cutoff_ts is null || s.EndUs / 1000 >= cutoff_ts)
                .OrderBy(s => s.Id)
                .Select(s => new SyncSection(s.Id, s.StartTimestampMs))
                .ToArray(),
            SyncJson.Options
        );
    }

    internal static async Task<IResult> FindByTimestamp(string show, long timestamp_ms, IShowCatalog catalog, CancellationToken token)
    {
        if (catalog.Find(show) is not { } served)
        {
            return UnknownShow(show);
        }

        var info = await served.Reader.InfoAsync(token);
        var found = await served.Reader.NeighboursAsync(timestamp_ms, token);
        return Recipient(info)
            ?? TypedResults.Json(
                new SyncNeighbours(Brief(found.After), Brief(found.BeforeOrEqual), info.UniqueId, info.MinId ?? 0, info.MaxId ?? -1),
                SyncJson.Options
            );
    }

    internal static async Task<IResult> SegmentRange(string show, long section, IShowCatalog catalog, CancellationToken token)
    {
        if (catalog.Find(show) is not { } served)
        {
            return UnknownShow(show);
        }

        var found = await served.Reader.SectionAsync(section, token);
        return found is null
            ? Problems.NotFound($"Show '{show}' has no section {section}.")
            : TypedResults.Json(new SyncRange(found.FirstSegmentId, found.LastSegmentId), SyncJson.Options);
    }

    internal static async Task<IResult> Segments(
        string show,
        HttpRequest request,
        IShowCatalog catalog,
        CommitFeed feed,
        TimeProvider time,
        CancellationToken token,
        long? start_id = null,
        long? end_id = null,
        int? limit = null,
        long? cutoff_ts = null,
        int? wait_ms = null,
        long? max_bytes = null
    )
    {
        if (start_id is not { } from || end_id is not { } to)
        {
            return Problems.Bad("Both start_id and end_id must be given, for example start_id=1&end_id=100.");
        }

        if (catalog.Find(show) is not { } served)
        {
            return UnknownShow(show);
        }

        if (Recipient(await served.Reader.InfoAsync(token)) is { } refused)
        {
            return refused;
        }

        if (wait_ms is > 0 && from <= to)
        {
            await CommitWait.UntilReached(feed, served.Name, from, TimeSpan.FromMilliseconds(wait_ms.Value), time, token);
        }

        var segments = await Read(
            served.Reader,
            from,
            to,
            Math.Clamp(limit ?? SyncSettings.DefaultLimit, 1, SyncSettings.MostSegments),
            Math.Clamp(max_bytes ?? SyncSettings.MostBytes, 1, SyncSettings.MostBytes),
            cutoff_ts,
            token
        );
        return Answer(segments, request);
    }

    internal static async Task<IResult> Journal(
        string show,
        IShowCatalog catalog,
        CancellationToken token,
        long after = 0,
        int? limit = null
    )
    {
        if (catalog.Find(show) is not { } served)
        {
            return UnknownShow(show);
        }

        var info = await served.Reader.InfoAsync(token);
        var entries = await served.Reader.JournalAsync(
            after,
            Math.Clamp(limit ?? SyncSettings.MostJournal, 1, SyncSettings.MostJournal),
            token
        );
        return Recipient(info)
            ?? TypedResults.Json(
                new SyncJournal(
                    info.UniqueId,
                    [
                        .. entries.Select(e => new SyncJournalEntry(
                            e.Seq,
                            e.AtUs,
                            e.Kind,
                            JsonSerializer.Deserialize<JsonElement>(e.Body.ToJson())
                        )),
                    ]
                ),
                SyncJson.Options
            );
    }

    private static async Task<IReadOnlyList<Segment>> Read(
        IShowReader reader,
        long from,
        long to,
        int limit,
        long maxBytes,
        long? cutoff,
        CancellationToken token
    )
    {
        while (true)
        {
            var read = await reader.ReadSegmentsAsync(from, to, limit, maxBytes, token);
            if (cutoff is null || read.Count == 0)
            {
                return read;
            }

            // A batch that lies wholly before the cutoff is not the end of the range: an empty answer would say so.
            var kept = read.Where(s => s.Info.TimestampMs >= cutoff).ToArray();
            if (kept.Length > 0)
            {
                return kept;
            }

            from = read[^1].Info.Id + 1;
        }
    }

    private static IResult Answer(IReadOnlyList<Segment> segments, HttpRequest request)
    {
        var accepted = MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var list) ? list : [];
        if (accepted.Any(a => a.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)))
        {
            return TypedResults.Json(
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
        }

        var two = accepted.Any(a =>
            a.MediaType.Equals(SegmentStream.MediaType, StringComparison.OrdinalIgnoreCase)
            && a.Parameters.Any(p => p.Name.Equals("version", StringComparison.OrdinalIgnoreCase) && p.Value == "2")
        );
        var bytes = new ArrayBufferWriter<byte>();
        SegmentStream.Write(
            bytes,
            two ? WireVersion.Two : WireVersion.One,
            [
                .. segments.Select(s => new WireSegment(
                    s.Info.Id,
                    s.Info.TimestampMs,
                    s.Info.StartsSection,
                    s.Info.SectionId,
                    s.Info.DurationSamples,
                    s.Data,
                    two ? s.Info.Sha256 ?? System.Security.Cryptography.SHA256.HashData(s.Data) : ReadOnlyMemory<byte>.Empty
                )),
            ]
        );
        return TypedResults.Bytes(bytes.WrittenMemory, two ? SegmentStream.MediaType + "; version=2" : SegmentStream.MediaType);
    }

    private static IResult UnknownShow(string show) => Problems.NotFound($"There is no show '{show}' here.");

    private static IResult? Recipient(ShowInfo info) =>
        info.IsRecipient
            ? Problems.Of(StatusCodes.Status403Forbidden, $"'{info.Name}' is a recipient database and is not offered for sync.")
            : null;

    private static SyncSection? Brief(SectionInfo? section) =>
        section is null ? null : new SyncSection(section.Id, section.StartTimestampMs);
}
