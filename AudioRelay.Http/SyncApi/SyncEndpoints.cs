using System.Text.Json;
using AudioRelay.Http.Playback;
using AudioRelay.Http.Security;
using AudioRelay.Http.Shows;
using AudioRelay.Storage;
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
    /// <param name="routes">Where to.</param>
    /// <param name="exports">True when there is an export folder among the services.</param>
    public static IEndpointConventionBuilder MapSync(this IEndpointRouteBuilder routes, bool exports = false)
    {
        var sync = routes
            .MapGroup("/api/sync")
            .RequireScope(AccessScopes.SyncRead)
            .WithTags("Sync")
            .AddEndpointFilter(StorageFaultFilter.Run);
        sync.MapGet("/shows", Shows);
        sync.MapGet("/shows/{show}/metadata", Metadata);
        sync.MapGet("/shows/{show}/sections", Sections);
        sync.MapGet("/shows/{show}/sections/find_by_timestamp", FindByTimestamp);
        sync.MapGet("/shows/{show}/sections/{section:long}/segment_range", SegmentRange);
        sync.MapGet("/shows/{show}/segments", SyncSegments.Get);
        sync.MapGet("/shows/{show}/journal", Journal);
        sync.MapGet("/events", SyncEvents.Stream);
        if (exports)
        {
            SyncExports.Map(sync);
        }

        return sync;
    }

    internal static IResult UnknownShow(string show) => Problems.NotFound($"There is no show '{show}' here.");

    private static async Task<IResult> Shows(IShowCatalog catalog, CancellationToken token)
    {
        List<SyncShow> shows = [];
        foreach (var show in catalog.Shows)
        {
            if (await TryInfo(show, token) is { IsRecipient: false, MinId: { } minId, MaxId: { } maxId } info)
            {
                shows.Add(new SyncShow(show.Name, show.DatabaseFile ?? show.Name, minId, maxId, info.UniqueId));
            }
        }

        return new SyncAnswer(new SyncShows(shows));
    }

    /// <summary>One damaged file must not keep a receiver from all others (the predecessor's defect B16).</summary>
    private static async Task<ShowInfo?> TryInfo(ServedShow show, CancellationToken token)
    {
        try
        {
            return await show.Reader.InfoAsync(token);
        }
        catch (StorageException)
        {
            return null; // asked for by its name, it answers with the reason
        }
    }

    private static async Task<IResult> Metadata(
        string show,
        HttpContext context,
        IShowCatalog catalog,
        SyncPulls pulls,
        CancellationToken token
    )
    {
        var (offer, refusal) = await SyncOffer.FindAsync(show, catalog, token);
        if (offer is null)
        {
            return refusal!;
        }

        var info = offer.Info;
        pulls.Note(context, offer.Show.Name);
        context.Response.Headers.Vary = HeaderNames.Accept;
        return new SyncAnswer(
            new SyncMetadata(
                info.UniqueId,
                offer.Show.Name,
                info.AudioFormat,
                info.Bitrate,
                info.SampleRate,
                info.Version,
                info.IsRecipient,
                info.MinId ?? 0,
                info.MaxId ?? 0,
                info.JournalSeq
            )
            {
                TargetSeconds = ProtocolVersion.IsTwo(context.Request) ? offer.Show.TargetSeconds : null,
            }
        );
    }

    /// <remarks>
    /// With a cutoff the section that straddles it is listed too: its later segments are served, and a receiver that never saw the
    /// section would refuse them (the predecessor's defect B15).
    /// </remarks>
    private static async Task<IResult> Sections(string show, HttpRequest request, IShowCatalog catalog, CancellationToken token)
    {
        var query = new QueryReader(request.Query);
        var cutoff = query.SignedMs("cutoff_ts");
        if (query.Fault is { } fault)
        {
            return Problems.Bad(fault);
        }

        if (catalog.Find(show) is not { } served)
        {
            return UnknownShow(show);
        }

        var sections = await served.Reader.SectionsAsync(new SectionQuery(), token);
        return new SyncAnswer(
            sections
                .Where(s => cutoff is null || s.EndUs / 1000 >= cutoff)
                .OrderBy(s => s.Id)
                .Select(s => new SyncSection(s.Id, s.StartTimestampMs))
                .ToArray()
        );
    }

    private static async Task<IResult> FindByTimestamp(string show, HttpRequest request, IShowCatalog catalog, CancellationToken token)
    {
        var query = new QueryReader(request.Query);
        var timestamp = query.RequiredSignedMs("timestamp_ms");
        if (query.Fault is { } fault)
        {
            return Problems.Bad(fault);
        }

        var (offer, refusal) = await SyncOffer.FindAsync(show, catalog, token);
        if (offer is null)
        {
            return refusal!;
        }

        var info = offer.Info;
        var found = await offer.Show.Reader.NeighboursAsync(timestamp, token);
        return new SyncAnswer(
            new SyncNeighbours(Brief(found.After), Brief(found.BeforeOrEqual), info.UniqueId, info.MinId ?? 0, info.MaxId ?? -1)
        );
    }

    /// <remarks>A section that is not here has no segments: nulls, as in the predecessor's answer; 404 means the show.</remarks>
    private static async Task<IResult> SegmentRange(string show, long section, IShowCatalog catalog, CancellationToken token)
    {
        if (catalog.Find(show) is not { } served)
        {
            return UnknownShow(show);
        }

        var found = await served.Reader.SectionAsync(section, token);
        return new SyncAnswer(new SyncRange(found?.FirstSegmentId, found?.LastSegmentId));
    }

    private static async Task<IResult> Journal(
        string show,
        HttpRequest request,
        IShowCatalog catalog,
        SyncPulls pulls,
        CancellationToken token
    )
    {
        var query = new QueryReader(request.Query);
        var after = query.Number("after") ?? 0;
        var limit = Math.Clamp(query.Number("limit") ?? SyncSettings.MostJournal, 1, SyncSettings.MostJournal);
        if (query.Fault is { } fault)
        {
            return Problems.Bad(fault);
        }

        var (offer, refusal) = await SyncOffer.FindAsync(show, catalog, token);
        if (offer is null)
        {
            return refusal!;
        }

        var entries = await offer.Show.Reader.JournalAsync(after, (int)limit, token);
        pulls.Note(request.HttpContext, offer.Show.Name, journalSeq: entries is [.., var newest] ? newest.Seq : 0);
        return new SyncAnswer(
            new SyncJournal(
                offer.Info.UniqueId,
                [
                    .. entries.Select(e => new SyncJournalEntry(
                        e.Seq,
                        e.AtUs,
                        e.Kind,
                        JsonSerializer.Deserialize<JsonElement>(e.Body.ToJson())
                    )),
                ]
            ),
            AnswerSeal.Journal(offer.Show.Name, after)
        );
    }

    private static SyncSection? Brief(SectionInfo? section) =>
        section is null ? null : new SyncSection(section.Id, section.StartTimestampMs);
}
