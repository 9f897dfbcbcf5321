using System.Globalization;
using System.Text.Json;
using AudioRelay.TestKit.Net;

namespace AudioRelay.TestKit.Predecessor;

/// <summary>The predecessor's recorder, which follows relay.md §4.1 and §4.4 to the letter and knows nothing of ours.</summary>
/// <remarks>
/// No authentication, errors as <c>{"error"}</c>, numbers as texts, 0/0 for a store without segments, no upper cap of the limit.
/// <see cref="IsSeed"/> is the version of the seeds: health at the root only, no mode, no <c>find_by_timestamp</c>, no <c>segment_range</c>.
/// </remarks>
public sealed class LiteralRecorder : IAsyncDisposable
{
    private readonly WebStand _web;
    private readonly Lock _gate = new();
    private readonly List<LiteralShow> _shows;

    public LiteralRecorder(params IEnumerable<LiteralShow> shows)
    {
        _shows = [.. shows];
        _web = new WebStand(Answer);
    }

    public bool IsSeed { get; init; }

    public Uri Address => _web.Address;

    public IReadOnlyList<WebRequest> Requests => _web.Requests;

    /// <summary>Changes what is recorded while nobody is being answered.</summary>
    public void Change(Action<List<LiteralShow>> change)
    {
        lock (_gate)
        {
            change(_shows);
        }
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private WebAnswer Answer(WebRequest request)
    {
        lock (_gate)
        {
            return request.Path switch
            {
                "/health" when IsSeed => WebAnswer.Text("OK"),
                "/api/health" when !IsSeed => WebAnswer.Text("OK"),
                "/api/mode" when !IsSeed => WebAnswer.Json("""{"mode":"record"}"""),
                "/api/sync/shows" => Shows(),
                var path when path.StartsWith("/api/sync/shows/", StringComparison.Ordinal) => OfShow(request, path.Split('/')),
                _ => new WebAnswer(404, null, []),
            };
        }
    }

    // A hash set's order is nobody's: here the names by their second letters, which is not the alphabet.
    private WebAnswer Shows() =>
        Json(
            new
            {
                shows = _shows
                    .Where(s => !s.IsRecipient && s.Segments.Count > 0)
                    .OrderBy(s => s.Name.Length > 1 ? s.Name[1] : ' ')
                    .Select(s => new
                    {
                        name = s.Name,
                        database_file = s.Name + ".sqlite",
                        min_id = s.Segments.Min(x => x.Id),
                        max_id = s.Segments.Max(x => x.Id),
                    }),
            }
        );

    private WebAnswer OfShow(WebRequest request, string[] path)
    {
        var name = Uri.UnescapeDataString(path[4]);
        if (_shows.Find(s => s.Name == name && !s.IsStale) is not { } show)
        {
            return Error(404, $"Show '{name}' not found");
        }

        return path[5..] switch
        {
            ["metadata"] => show.IsRecipient ? Recipient() : Metadata(show),
            ["sections"] => Sections(show, Number(request, "cutoff_ts")),
            ["segments"] => show.IsRecipient ? Recipient() : Segments(show, request),
            ["sections", "find_by_timestamp"] when !IsSeed => show.IsRecipient ? Recipient() : Find(show, request),
            ["sections", var id, "segment_range"] when !IsSeed => Range(show, long.Parse(id, CultureInfo.InvariantCulture)),
            _ => new WebAnswer(404, null, []),
        };
    }

    private static WebAnswer Metadata(LiteralShow show) =>
        Json(
            new
            {
                unique_id = show.UniqueId,
                name = show.Name,
                audio_format = show.AudioFormat,
                bitrate = show.Bitrate,
                sample_rate = show.SampleRate,
                version = show.Version,
                is_recipient = show.IsRecipient,
                min_id = show.Segments.Select(s => s.Id).DefaultIfEmpty(0).Min(),
                max_id = show.Segments.Select(s => s.Id).DefaultIfEmpty(0).Max(),
            }
        );

    private static WebAnswer Sections(LiteralShow show, long? cutoff) =>
        Json(
            show.Sections.Where(s => cutoff is null || s.StartMs >= cutoff)
                .OrderBy(s => s.Id)
                .Select(s => new { id = s.Id, start_timestamp_ms = s.StartMs })
        );

    private static WebAnswer Segments(LiteralShow show, WebRequest request)
    {
        if (Number(request, "start_id") is not { } from || Number(request, "end_id") is not { } to)
        {
            return Error(400, "missing start_id or end_id");
        }

        var cutoff = Number(request, "cutoff_ts");
        return WebAnswer.Bytes(
            LiteralWire.Encode([
                .. show
                    .Segments.Where(s => s.Id >= from && s.Id <= to && (cutoff is null || s.TimestampMs >= cutoff))
                    .OrderBy(s => s.Id)
                    .Take((int)Math.Min(int.MaxValue, Number(request, "limit") ?? 100)),
            ]),
            LiteralWire.ContentType
        );
    }

    private static WebAnswer Find(LiteralShow show, WebRequest request)
    {
        var at = Number(request, "timestamp_ms") ?? 0;
        var after = show.Sections.Where(s => s.StartMs > at).OrderBy(s => s.StartMs).Take(1).ToArray();
        var before = show.Sections.Where(s => s.StartMs <= at).OrderByDescending(s => s.StartMs).Take(1).ToArray();
        return Json(
            new
            {
                after_section = Brief(after),
                before_or_equal_section = Brief(before),
                source_unique_id = show.UniqueId,
                min_id = show.Segments.Select(s => s.Id).DefaultIfEmpty(0).Min(),
                max_id = show.Segments.Select(s => s.Id).DefaultIfEmpty(-1).Max(),
            }
        );

        static object? Brief((long Id, long StartMs)[] one) =>
            one.Length == 0 ? null : new { id = one[0].Id, start_timestamp_ms = one[0].StartMs };
    }

    private static WebAnswer Range(LiteralShow show, long section)
    {
        long[] ids = [.. show.Segments.Where(s => s.SectionId == section).Select(s => s.Id)];
        return Json(new { min_id = ids.Length == 0 ? (long?)null : ids.Min(), max_id = ids.Length == 0 ? (long?)null : ids.Max() });
    }

    private static long? Number(WebRequest request, string name) =>
        long.TryParse(request.Query(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static WebAnswer Recipient() => Error(403, "Cannot sync from a recipient database");

    private static WebAnswer Error(int status, string text) => WebAnswer.Json(JsonSerializer.Serialize(new { error = text }), status);

    private static WebAnswer Json(object value) => WebAnswer.Json(JsonSerializer.Serialize(value));
}
