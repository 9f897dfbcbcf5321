using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using AudioRelay.Streams.Sync.Feed;
using AudioRelay.Streams.Sync.Wire;

namespace AudioRelay.Streams.Sync.Client;

/// <summary>A recorder over HTTP, in version 2 of the protocol where it knows that, else in the predecessor's.</summary>
/// <remarks>
/// One per recorder; calls may overlap. Nothing is trusted: answers are bounded, checksums and hashes are computed again, ids must be the
/// ones asked for. A healthy answer may take as long as it needs; one of which nothing comes for 15 s is given up.
/// </remarks>
public sealed class RecorderClient : IRecorderClient
{
    /// <summary>
    /// How long a stream of events may be silent: our recorder writes a comment at least every 15 s, so three have failed to come.
    /// </summary>
    public static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(45);

    private const string Json = "application/json";
    private const string JsonOfTwo = Json + "; version=2, " + Json;
    private const long LongestTarget = 60; // a minute is the longest that can be configured
    private readonly RecorderLine _line;
    private readonly TimeProvider _time;
    private volatile bool _isRecorder;

    /// <param name="options">Where it is.</param>
    /// <param name="time">Measures silence.</param>
    /// <exception cref="ArgumentException">An address that is not http or https, or a token that cannot be sent.</exception>
    public RecorderClient(RecorderClientOptions options, TimeProvider time)
        : this(options, time, resolve: null) { }

    internal RecorderClient(RecorderClientOptions options, TimeProvider time, RecorderDial.Resolver? resolve) =>
        (_line, _time) = (new RecorderLine(options, time, resolve), time);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<OfferedShow>> ShowsAsync(CancellationToken token)
    {
        await CheckModeAsync(token);
        try
        {
            return await Ask("api/sync/shows", "the list of shows", AnswerBound.List, ShowsOf, token);
        }
        catch (RecorderException error) when (error.Fault == RecorderFault.NoSuchShow)
        {
            throw new RecorderException(
                RecorderFault.NotARecorder,
                $"{_line.Shown} has no sync API (404 for api/sync/shows). Check the recorder's address: its port, and the path if it is behind a proxy.",
                error
            );
        }
    }

    /// <inheritdoc/>
    public Task<ShowMetadata> MetadataAsync(string show, CancellationToken token) =>
        Ask($"{Of(show)}/metadata", "a show's metadata", AnswerBound.Small, MetadataOf, token, JsonOfTwo);

    /// <inheritdoc/>
    public Task<IReadOnlyList<OfferedSection>> SectionsAsync(string show, CancellationToken token) =>
        Ask<IReadOnlyList<OfferedSection>>(
            $"{Of(show)}/sections",
            "the list of sections",
            AnswerBound.List,
            json => [.. json.EnumerateArray().Select(SectionOf)],
            token
        );

    /// <inheritdoc/>
    public async Task<SegmentBatch> SegmentsAsync(string show, long fromId, long toId, int limit, long maxBytes, CancellationToken token)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 1);
        var path = string.Create(
            CultureInfo.InvariantCulture,
            $"{Of(show)}/segments?start_id={fromId}&end_id={toId}&limit={limit}&max_bytes={maxBytes}"
        );
        var answer = await Heard(_line.GetAsync(path, SegmentsReading.Accept, SegmentsReading.Bound(limit, maxBytes), token));
        var handedOn = false;
        try
        {
            if (answer.Type?.MediaType != SegmentStream.MediaType)
            {
                throw AnswerJson.Unexpected(_line.Shown, "a stream of segments", answer.Type?.MediaType);
            }

            var batch = SegmentsReading.Read(answer, show, fromId, toId);
            handedOn = true;
            return batch;
        }
        catch (Exception error) when (error is WireException or InvalidDataException)
        {
            throw new RecorderException(
                RecorderFault.BadAnswer,
                $"{_line.Shown}: segments {fromId} to {toId} came damaged ({error.Message}). Nothing of them is kept.",
                error
            );
        }
        finally
        {
            if (!handedOn)
            {
                answer.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public async Task<JournalPage?> JournalAsync(string show, long afterSeq, CancellationToken token)
    {
        try
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"{Of(show)}/journal?after={afterSeq}");
            using var answer = await Heard(_line.GetAsync(path, Json, AnswerBound.List, token));
            return AnswerJson.Read(answer, _line.Shown, "the journal", json => Sealed(json, answer));
        }
        catch (RecorderException error) when (error.Fault == RecorderFault.NoSuchShow)
        {
            var metadata = await MetadataAsync(show, token);
            return metadata.JournalSeq is null
                ? null
                : throw new RecorderException(
                    RecorderFault.BadAnswer,
                    $"{_line.Shown} says that there is a journal and does not give it (404). Is a proxy in between that lets only some paths through?",
                    error
                );
        }

        JournalPage Sealed(JsonElement json, RecorderAnswer answer)
        {
            AnswerJson.DemandDigest(answer);
            answer.Demand(AnswerSeal.Journal(show, afterSeq));
            return JournalReading.Read(json, afterSeq);
        }
    }

    /// <inheritdoc/>
    public Task<FoundSections> FindByTimestampAsync(string show, long timestampMs, CancellationToken token) =>
        Ask(
            string.Create(CultureInfo.InvariantCulture, $"{Of(show)}/sections/find_by_timestamp?timestamp_ms={timestampMs}"),
            "the sections around a time",
            AnswerBound.Small,
            json => new FoundSections(
                SectionOrNull(json, "after_section"),
                SectionOrNull(json, "before_or_equal_section"),
                json.Text("source_unique_id"),
                json.Number("min_id"),
                json.Number("max_id")
            ),
            token
        );

    /// <inheritdoc/>
    public Task<(long? MinId, long? MaxId)> SegmentRangeAsync(string show, long sectionId, CancellationToken token) =>
        Ask(
            string.Create(CultureInfo.InvariantCulture, $"{Of(show)}/sections/{sectionId}/segment_range"),
            "a section's segments",
            AnswerBound.Small,
            json => (json.NumberOrNull("min_id"), json.NumberOrNull("max_id")),
            token
        );

    /// <inheritdoc/>
    public async IAsyncEnumerable<ShowPosition> EventsAsync([EnumeratorCancellation] CancellationToken token)
    {
        using var watch = new StallWatch(SilenceLimit, _time, token);
        using var response = await OpenEventsAsync(watch);
        await using var body = await _line.Guard(() => response.Content.ReadAsStreamAsync(watch.Token), watch);
        var events = new EventLines(body, watch);
        while (await Heard(_line.Guard(events.NextAsync, watch)) is { } data)
        {
            yield return EventPosition.Read(data, _line.Shown);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _line.Dispose();

    private async Task<HttpResponseMessage> OpenEventsAsync(StallWatch watch)
    {
        const string type = "text/event-stream";
        try
        {
            var response = await Heard(_line.OpenAsync("api/sync/events", type, watch));
            if (response.Content.Headers.ContentType?.MediaType == type)
            {
                return response;
            }

            using (response)
            {
                throw AnswerJson.Unexpected(_line.Shown, "a stream of events", response.Content.Headers.ContentType?.MediaType);
            }
        }
        catch (RecorderException error) when (error.Fault == RecorderFault.NoSuchShow)
        {
            throw new NotSupportedException($"{_line.Shown} does not push: it is asked now and then instead.", error);
        }
    }

    /// <summary>Once, and again when it was away: another program may have come back in its place.</summary>
    private async Task CheckModeAsync(CancellationToken token)
    {
        if (_isRecorder)
        {
            return;
        }

        try
        {
            var mode = await Ask("api/mode", "its mode", AnswerBound.Small, json => json.Text("mode"), token);
            if (mode != "record")
            {
                var shown = string.Concat(mode.Where(c => !char.IsControl(c)).Take(40));
                throw new RecorderException(
                    RecorderFault.NotARecorder,
                    $"{_line.Shown} is running as '{shown}', not as a recorder. Set the recorder's address, and mind its port (17000 unless changed)."
                );
            }
        }
        catch (RecorderException error) when (error.Fault is RecorderFault.NoSuchShow or RecorderFault.TokenRefused)
        {
            // An old recorder has no such route, and a token may open the sync API alone: the list of shows tells.
        }

        _isRecorder = true;
    }

    private async Task<T> Ask<T>(
        string path,
        string what,
        AnswerBound bound,
        Func<JsonElement, T> read,
        CancellationToken token,
        string accept = Json
    )
    {
        using var answer = await Heard(_line.GetAsync(path, accept, bound, token));
        return AnswerJson.Read(answer, _line.Shown, what, read);
    }

    private async Task<T> Heard<T>(Task<T> step)
    {
        try
        {
            return await step;
        }
        catch (RecorderException error) when (error.Fault is RecorderFault.Unreachable or RecorderFault.Certificate)
        {
            _isRecorder = false;
            throw;
        }
    }

    /// <summary>Any text may be a show's name; as a piece of a path these two would mean something else.</summary>
    private string Of(string show) =>
        show is "" or "." or ".."
            ? throw new RecorderException(RecorderFault.NoSuchShow, $"{_line.Shown}: no show can be asked for as '{show}'.")
            : "api/sync/shows/" + Uri.EscapeDataString(show);

    private static IReadOnlyList<OfferedShow> ShowsOf(JsonElement json) =>
        [
            .. json.GetProperty("shows")
                .EnumerateArray()
                .Select(show => new OfferedShow(show.Name("name"), show.Number("min_id"), show.Number("max_id"))),
        ];

    private static ShowMetadata MetadataOf(JsonElement json) =>
        new(
            json.Text("unique_id"),
            json.Text("name"),
            json.Text("audio_format"),
            json.Text("bitrate"),
            json.Text("sample_rate"),
            json.Text("version"),
            json.GetProperty("is_recipient").GetBoolean(),
            json.NumberOrNull("min_id") ?? 0,
            json.NumberOrNull("max_id") ?? 0,
            json.NumberOrNull("journal_seq"),
            // What no segment can be as long as is as good as nothing said.
            json.NumberOrNull("target_seconds")
                is { } target
                    and >= 1
                    and <= LongestTarget
                ? (int)target
                : null
        );

    private static OfferedSection SectionOf(JsonElement json) => new(json.Number("id"), json.Number("start_timestamp_ms"));

    private static OfferedSection? SectionOrNull(JsonElement json, string name) =>
        json.GetProperty(name) is { ValueKind: not JsonValueKind.Null } section ? SectionOf(section) : null;
}
