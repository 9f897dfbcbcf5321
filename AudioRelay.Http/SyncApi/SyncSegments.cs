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
        Task ReadAll(SegmentVisitor visit) => Read(served.Reader, from, to, (int)limit, maxBytes, cutoff, visit, token);
        if (SegmentsAnswer.Wanted(request) is not { } version)
        {
            List<Segment> segments = [];
            await ReadAll((info, sound) => segments.Add(new Segment(info, sound.ToArray())));
            pulls.Note(request.HttpContext, served.Name, maxId: segments is [.., var newest] ? newest.Info.Id : 0);
            return SegmentsAnswer.Of(segments);
        }

        var batch = new SegmentStreamWriter(version, Expected(from, to, limit, maxBytes));
        try
        {
            await ReadAll(batch.Append);
        }
        catch
        {
            batch.Dispose();
            throw;
        }

        pulls.Note(request.HttpContext, served.Name, maxId: batch.LastId);
        return SegmentsAnswer.Of(batch);
    }

    /// <summary>How much a range may come to: the usual segment, 6 s of 16 kbit/s, is 12 kB.</summary>
    private static int Expected(long from, long to, long limit, long maxBytes)
    {
        const long Usual = 16 * 1024;
        var count = to < from ? 0 : Math.Min(to - from, limit - 1) + 1;
        return (int)Math.Min(count * Usual, maxBytes + (count * SegmentStream.Overhead(WireVersion.Two)));
    }

    private static async Task Read(
        IShowReader reader,
        long from,
        long to,
        int limit,
        long maxBytes,
        long? cutoff,
        SegmentVisitor visit,
        CancellationToken token
    )
    {
        if (cutoff is not { } since)
        {
            await reader.ReadSegmentsAsync(from, to, limit, maxBytes, visit, token);
            return;
        }

        // An empty answer says that the range holds nothing: what lies before the cutoff is passed over, without reading its sound.
        while (await FirstSince(reader, from, to, since, token) is { } first)
        {
            var any = false;
            await reader.ReadSegmentsAsync(
                first,
                to,
                limit,
                maxBytes,
                (info, sound) =>
                {
                    if (info.TimestampMs >= since)
                    {
                        any = true;
                        visit(info, sound);
                    }
                },
                token
            );
            if (any)
            {
                return;
            }

            from = first + 1; // retention was faster
        }
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
