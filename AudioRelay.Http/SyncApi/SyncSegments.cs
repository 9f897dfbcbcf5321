using AudioRelay.Http.Shows;
using AudioRelay.Storage;
using AudioRelay.Streams.Sync.Feed;
using AudioRelay.Streams.Sync.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace AudioRelay.Http.SyncApi;

/// <summary>Answers <c>…/segments</c>: a range of ids, bounded in number and bytes, waiting for the first one if asked to.</summary>
internal static class SyncSegments
{
    public static async Task<IResult> Get(
        string show,
        HttpRequest request,
        IShowCatalog catalog,
        CommitFeed feed,
        SyncPulls pulls,
        TimeProvider time,
        IHostApplicationLifetime life,
        CancellationToken token
    )
    {
        var query = new QueryReader(request.Query);
        var from = query.Required("start_id");
        var to = query.Required("end_id");
        var limit = Math.Clamp(query.Number("limit") ?? SyncSettings.DefaultLimit, 1, SyncSettings.MostSegments);
        var maxBytes = Math.Clamp(query.Number("max_bytes") ?? SyncSettings.MostBytes, 1, SyncSettings.MostBytes);
        var cutoff = query.SignedMs("cutoff_ts");
        var wait = Math.Clamp(query.Number("wait_ms") ?? 0, 0, (long)SyncSettings.LongestWait.TotalMilliseconds);
        if (query.Fault is { } fault)
        {
            return Problems.Bad($"{fault} Both ids must be given, for example start_id=1&end_id=100.");
        }

        var (offer, refusal) = await SyncOffer.FindAsync(show, catalog, token);
        if (offer is null)
        {
            return refusal!;
        }

        var served = offer.Show;
        if (wait > 0 && from <= to)
        {
            var longest = TimeSpan.FromMilliseconds(wait);
            await CommitWait.UntilReached(feed, served.Name, from, longest, time, life.ApplicationStopping, token);
        }

        request.HttpContext.Response.Headers[AnswerSeal.QuestionHeader] = AnswerSeal.Segments(served.Name, from, to);
        var segments = await Read(served.Reader, from, to, (int)limit, maxBytes, cutoff, token);
        pulls.Note(request.HttpContext, served.Name, maxId: segments is [.., var newest] ? newest.Info.Id : 0);
        return SegmentsAnswer.Of(segments, request);
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
        if (cutoff is not { } since)
        {
            return await reader.ReadSegmentsAsync(from, to, limit, maxBytes, token);
        }

        // An empty answer says that the range holds nothing: what lies before the cutoff is passed over, without reading its sound.
        while (await FirstSince(reader, from, to, since, token) is { } first)
        {
            var read = await reader.ReadSegmentsAsync(first, to, limit, maxBytes, token);
            var kept = read.Where(s => s.Info.TimestampMs >= since).ToArray();
            if (kept.Length > 0)
            {
                return kept;
            }

            from = first + 1; // retention was faster
        }

        return [];
    }

    private static async Task<long?> FirstSince(IShowReader reader, long from, long to, long since, CancellationToken token)
    {
        while (true)
        {
            var page = await reader.SegmentsAsync(new SegmentQuery(from, to, Limit: SyncSettings.MostSegments), token);
            foreach (var segment in page)
            {
                if (segment.TimestampMs >= since)
                {
                    return segment.Id;
                }
            }

            if (page.Count < SyncSettings.MostSegments)
            {
                return null;
            }

            from = page[^1].Id + 1;
        }
    }
}
