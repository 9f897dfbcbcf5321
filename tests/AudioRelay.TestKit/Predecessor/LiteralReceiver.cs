using System.Globalization;
using System.Text.Json;

namespace AudioRelay.TestKit.Predecessor;

/// <summary>The predecessor's sync client, which follows relay.md §4.2, §4.3 and §4.7 to the letter and knows nothing of ours.</summary>
/// <remarks>It keeps what it pulls in <see cref="Kept"/>. The HTTP status is never looked at, as in the original (B18).</remarks>
/// <param name="http">Has the recorder's address, and a token where the recorder wants one (the original has none).</param>
/// <param name="chunkSize">Segment ids per request.</param>
public sealed class LiteralReceiver(HttpClient http, int chunkSize = 100)
{
    /// <summary>Every show it has pulled from, by name.</summary>
    public Dictionary<string, LiteralReceived> Kept { get; init; } = new(StringComparer.Ordinal);

    /// <summary>One pass (§4.2): the first error aborts it.</summary>
    /// <param name="filter">The wanted shows; null for all.</param>
    /// <param name="cutoffMs">What receiver retention passes on; null for none.</param>
    /// <param name="checksMode">True for HEAD, false for the version of the seeds.</param>
    /// <param name="token">Gives up.</param>
    public async Task SyncAsync(string[]? filter, long? cutoffMs, bool checksMode, CancellationToken token)
    {
        if (checksMode && (await Json("api/mode", token)).GetProperty("mode").GetString() is var mode && mode != "record")
        {
            throw new LiteralException($"remote is running in {mode} mode");
        }

        string[] offered =
        [
            .. (await Json("api/sync/shows", token)).GetProperty("shows").EnumerateArray().Select(s => s.GetProperty("name").GetString()!),
        ];
        if (filter?.Except(offered).ToArray() is { Length: > 0 } missing)
        {
            throw new LiteralException($"shows not found: {string.Join(", ", missing)}");
        }

        foreach (var show in filter ?? offered)
        {
            await SyncShow(show, cutoffMs, token);
        }
    }

    /// <summary>Goes on with a new store of the show (§4.7) and gives the id at which the next pass begins.</summary>
    public async Task<long> ReplaceSourceAsync(string show, CancellationToken token)
    {
        var kept = Kept[show];
        var last = kept.Sections.Values.Max();
        var found = await Json($"{Path(show)}/sections/find_by_timestamp?timestamp_ms={Text(last)}", token);
        if (found.GetProperty("after_section").ValueKind == JsonValueKind.Null)
        {
            throw new LiteralException(
                found.GetProperty("max_id").GetInt64() < found.GetProperty("min_id").GetInt64() ? "source is empty" : "source is older"
            );
        }

        var section = found.GetProperty("after_section").GetProperty("id").GetInt64();
        var range = await Json($"{Path(show)}/sections/{Text(section)}/segment_range", token);
        if (range.GetProperty("min_id").ValueKind == JsonValueKind.Null)
        {
            throw new LiteralException("the section has no segments");
        }

        kept.UniqueId = found.GetProperty("source_unique_id").GetString()!;
        kept.Checkpoint = range.GetProperty("min_id").GetInt64() - 1;
        return kept.Checkpoint.Value + 1;
    }

    private async Task SyncShow(string show, long? cutoffMs, CancellationToken token)
    {
        var metadata = await Json(Path(show) + "/metadata", token);
        var version = metadata.GetProperty("version").GetString();
        if (version != "4")
        {
            throw new LiteralException($"unsupported version {version}");
        }

        var (start, kept) = Begin(show, metadata);
        var max = metadata.GetProperty("max_id").GetInt64();
        var cutoff = cutoffMs is { } ms ? $"cutoff_ts={Text(ms)}" : null;
        var sections = await Json($"{Path(show)}/sections{(cutoff is null ? "" : "?" + cutoff)}", token);
        foreach (var section in sections.EnumerateArray())
        {
            kept.Sections.TryAdd(section.GetProperty("id").GetInt64(), section.GetProperty("start_timestamp_ms").GetInt64());
        }

        while (start <= max)
        {
            var end = Math.Min(start + chunkSize - 1, max);
            var batch = await Segments(show, start, end, cutoff, token);
            if (batch.Count == 0 && cutoff is null)
            {
                throw new LiteralException($"No segments returned for range {start}-{end}");
            }

            kept.Insert(batch);
            start = batch.Count == 0 ? end + 1 : batch[^1].Id + 1;
        }
    }

    private (long Start, LiteralReceived Kept) Begin(string show, JsonElement metadata)
    {
        string[] identity =
        [
            .. new[] { "unique_id", "version", "audio_format", "bitrate" }.Select(name => metadata.GetProperty(name).GetString()!),
        ];
        _ = metadata.GetProperty("sample_rate").GetString();
        _ = metadata.GetProperty("is_recipient").GetBoolean();
        if (!Kept.TryGetValue(show, out var kept))
        {
            Kept[show] = kept = new LiteralReceived(identity);
            return (metadata.GetProperty("min_id").GetInt64(), kept);
        }

        kept.Compare(identity);
        return ((kept.Checkpoint ?? 0) + 1, kept);
    }

    private async Task<List<LiteralSegment>> Segments(string show, long start, long end, string? cutoff, CancellationToken token)
    {
        var url = $"{Path(show)}/segments?start_id={Text(start)}&end_id={Text(end)}&limit={chunkSize}";
        using var response = await http.GetAsync(cutoff is null ? url : url + "&" + cutoff, token);
        var type = response.Content.Headers.TryGetValues("Content-Type", out var types) ? types.Single() : null;
        return type == LiteralWire.ContentType
            ? LiteralWire.Decode(await response.Content.ReadAsByteArrayAsync(token))
            : throw new LiteralException($"unexpected content type {type}");
    }

    private async Task<JsonElement> Json(string path, CancellationToken token)
    {
        using var response = await http.GetAsync(path, token);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(token));
        return json.RootElement.Clone();
    }

    private static string Path(string show) => "api/sync/shows/" + Uri.EscapeDataString(show);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
