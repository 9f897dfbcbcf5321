using System.Text;
using AudioRelay.Storage.Journal;
using AudioRelay.Streams.Sync.Client;
using AudioRelay.Streams.Sync.Feed;
using AudioRelay.Streams.Sync.Wire;
using AudioRelay.TestKit.Net;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Streams.Tests.Sync.Client;

/// <summary>What is asked, and what is made of good answers.</summary>
public sealed class RecorderClientTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_request_names_us_carries_the_token_and_stays_below_the_recorders_path()
    {
        await using var stand = new WebStand(_ => WebAnswer.Json(Answers.Metadata));
        using var client = Answers.Client(stand, "s3cret", below: "/radio?x=1");
        await client.MetadataAsync("a b/ü", Token);
        var request = Assert.Single(stand.Requests);
        Assert.Equal("/radio/api/sync/shows/a%20b%2F%C3%BC/metadata", request.Target);
        Assert.Equal("Bearer s3cret", request.Header("Authorization"));
        Assert.Equal("AudioRelay", request.Header("User-Agent"));
        Assert.Null(request.Header("Accept-Encoding"));
    }

    [Fact]
    public async Task A_thousand_shows_that_ask_at_once_share_a_few_connections()
    {
        await using var stand = new WebStand(_ => WebAnswer.Json(Answers.Metadata));
        using var client = Answers.Client(stand);
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => client.MetadataAsync($"show {i}", Token)));
        Assert.Equal(1000, stand.Requests.Count);
        Assert.InRange(stand.Connections, 1, 40); // a recorder takes 500 of one address, and closes what comes on top
    }

    [Fact]
    public async Task The_list_of_shows_comes_after_one_look_at_the_mode()
    {
        await using var stand = new WebStand(request =>
            request.Path == "/api/mode"
                ? WebAnswer.Json("""{"mode":"record"}""")
                : WebAnswer.Json(
                    """{"shows":[{"name":"b","database_file":"b.sqlite","min_id":3,"max_id":9},{"name":"a","database_file":"a.sqlite","min_id":1,"max_id":2}]}"""
                )
        );
        using var client = Answers.Client(stand);
        Assert.Equal([new("b", 3, 9), new("a", 1, 2)], await client.ShowsAsync(Token));
        await client.ShowsAsync(Token);
        Assert.Equal(["/api/mode", "/api/sync/shows", "/api/sync/shows"], stand.Requests.Select(r => r.Target));
    }

    [Fact]
    public async Task An_old_recorder_without_a_mode_passes()
    {
        await using var stand = new WebStand(request =>
            request.Path == "/api/mode" ? WebAnswer.Text("Not Found", 404) : WebAnswer.Json("""{"shows":[]}""")
        );
        using var client = Answers.Client(stand);
        Assert.Empty(await client.ShowsAsync(Token));
    }

    [Fact]
    public async Task A_recorder_that_was_away_is_looked_at_again()
    {
        var away = false;
        var mode = "record";
        await using var stand = new WebStand(request =>
            away ? new WebAnswer(200, null, []) { Raw = [] }
            : request.Path == "/api/mode" ? WebAnswer.Json($$"""{"mode":"{{mode}}"}""")
            : WebAnswer.Json("""{"shows":[]}""")
        );
        using var client = Answers.Client(stand);
        await client.ShowsAsync(Token);
        away = true;
        await Answers.Fault(RecorderFault.Unreachable, () => client.ShowsAsync(Token));
        (away, mode) = (false, "receiver");
        var error = await Answers.Fault(RecorderFault.NotARecorder, () => client.ShowsAsync(Token));
        Assert.Contains("'receiver'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metadata_has_its_texts_as_texts_and_no_journal_from_an_old_recorder()
    {
        var json = Answers.Metadata;
        await using var stand = new WebStand(_ => WebAnswer.Json(json));
        using var client = Answers.Client(stand);
        Assert.Equal(
            new ShowMetadata("db_1", "news", "opus", "16", "48000", "4", false, 1, 20, 7),
            await client.MetadataAsync("news", Token)
        );
        json = json.Replace(",\"journal_seq\":7", "", StringComparison.Ordinal);
        Assert.Null((await client.MetadataAsync("news", Token)).JournalSeq);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData(",\"target_seconds\":null", null)]
    [InlineData(",\"target_seconds\":2", 2)]
    [InlineData(",\"target_seconds\":60", 60)]
    [InlineData(",\"target_seconds\":0", null)]
    [InlineData(",\"target_seconds\":61", null)]
    [InlineData(",\"target_seconds\":9223372036854775807", null)]
    public async Task How_long_segments_are_to_be_is_asked_for_in_version_two_and_believed_when_it_can_be(string said, int? believed)
    {
        await using var stand = new WebStand(_ => WebAnswer.Json(Answers.Metadata[..^1] + said + "}"));
        using var client = Answers.Client(stand);
        Assert.Equal(believed, (await client.MetadataAsync("news", Token)).TargetSeconds);
        Assert.Equal("application/json; version=2, application/json", Assert.Single(stand.Requests).Header("Accept"));
    }

    [Theory]
    [InlineData(WireVersion.One)]
    [InlineData(WireVersion.Two)]
    public async Task Segments_are_asked_for_in_version_two_and_taken_in_both(WireVersion version)
    {
        var answer = Answers.Segments(version, Answers.Segment(3), Answers.Segment(5));
        await using var stand = new WebStand(r => version == WireVersion.Two ? Answers.Sealed(r, answer) : answer);
        using var client = Answers.Client(stand);
        using var batch = await client.SegmentsAsync("news", 2, 9, 50, 4096, Token);
        Assert.Equal(version, batch.Version);
        Assert.Equal([3L, 5], batch.Segments.Select(s => s.Id));
        Assert.Equal(Answers.Segment(5).Data.ToArray(), batch.Segments[1].Data.ToArray());
        var request = Assert.Single(stand.Requests);
        Assert.Equal("/api/sync/shows/news/segments?start_id=2&end_id=9&limit=50&max_bytes=4096", request.Target);
        Assert.Equal("application/x-segment-stream; version=2, application/x-segment-stream", request.Header("Accept"));
    }

    [Fact]
    public async Task The_journal_goes_on_behind_kinds_that_only_a_newer_recorder_knows()
    {
        var json = WebAnswer.Json(
            """
            {"unique_id":"db_1","entries":[
              {"seq":8,"at_us":5,"kind":"title","body":{"section":1,"sample":2,"text":"Tëst"}},
              {"seq":9,"at_us":6,"kind":"weather","body":{"rain":true}}]}
            """
        );
        await using var stand = new WebStand(r => Answers.Sealed(r, json));
        using var client = Answers.Client(stand);
        var page = (await client.JournalAsync("news", 7, Token))!;
        Assert.Equal("/api/sync/shows/news/journal?after=7", Assert.Single(stand.Requests).Target);
        Assert.Equal("db_1", page.UniqueId);
        Assert.Equal(new JournalEntry(8, 5, new TitleSet(1, 2, "Tëst")), Assert.Single(page.Entries));
        Assert.Equal(9, page.LastSeq);
    }

    [Fact]
    public async Task An_old_recorder_has_no_journal_and_a_missing_show_is_still_missing()
    {
        var metadata = WebAnswer.Json(Answers.Metadata.Replace(",\"journal_seq\":7", "", StringComparison.Ordinal));
        await using var stand = new WebStand(r =>
            r.Path.EndsWith("/metadata", StringComparison.Ordinal) ? metadata : WebAnswer.Json("""{"error":"no"}""", 404)
        );
        using var client = Answers.Client(stand);
        Assert.Null(await client.JournalAsync("news", 0, Token));
        metadata = WebAnswer.Json("""{"error":"There is no show 'news' here."}""", 404);
        var error = await Answers.Fault(RecorderFault.NoSuchShow, () => client.JournalAsync("news", 0, Token));
        Assert.Contains("no show 'news'", error.Message, StringComparison.Ordinal);
        metadata = WebAnswer.Json(Answers.Metadata);
        await Answers.Fault(RecorderFault.BadAnswer, () => client.JournalAsync("news", 0, Token));
    }

    [Fact]
    public async Task Sections_ranges_and_neighbours_are_read()
    {
        await using var stand = new WebStand(r =>
            WebAnswer.Json(
                r.Target switch
                {
                    "/api/sync/shows/news/sections" => """[{"id":5,"start_timestamp_ms":50},{"id":6,"start_timestamp_ms":60}]""",
                    "/api/sync/shows/news/sections/6/segment_range" => """{"min_id":11,"max_id":20}""",
                    "/api/sync/shows/news/sections/7/segment_range" => """{"min_id":null,"max_id":null}""",
                    _ =>
                        """{"after_section":{"id":6,"start_timestamp_ms":60},"before_or_equal_section":null,"source_unique_id":"db_1","min_id":0,"max_id":-1}""",
                }
            )
        );
        using var client = Answers.Client(stand);
        Assert.Equal([new(5, 50), new(6, 60)], await client.SectionsAsync("news", Token));
        Assert.Equal((11L, 20L), await client.SegmentRangeAsync("news", 6, Token));
        Assert.Equal((null, null), await client.SegmentRangeAsync("news", 7, Token));
        Assert.Equal(new FoundSections(new(6, 60), null, "db_1", 0, -1), await client.FindByTimestampAsync("news", 55, Token));
        Assert.Equal("/api/sync/shows/news/sections/find_by_timestamp?timestamp_ms=55", stand.Requests[^1].Target);
    }

    [Fact]
    public async Task Events_come_one_by_one_until_the_stream_ends()
    {
        var body = Encoding.UTF8.GetBytes(
            ": hello\n\nevent: position\ndata: {\"show\":\"a\",\"store\":\"s\",\"max_id\":3,\"journal_seq\":4}\n\n: still here\n\n"
                + "id: 1\r\ndata: {\"show\":\"b\",\"store\":\"t\",\r\ndata: \"max_id\":1,\"journal_seq\":2}\r\n\r\ndata: {\"cut"
        );
        await using var stand = new WebStand(_ => WebAnswer.Bytes(body, "text/event-stream"));
        using var client = Answers.Client(stand);
        List<ShowPosition> heard = [];
        await foreach (var position in client.EventsAsync(Token))
        {
            heard.Add(position);
        }

        Assert.Equal([new("a", "s", 3, 4), new("b", "t", 1, 2)], heard);
    }

    [Fact]
    public async Task A_recorder_without_events_is_not_supported_rather_than_broken()
    {
        await using var stand = new WebStand(_ => WebAnswer.Text("nothing here", 404));
        using var client = Answers.Client(stand);
        await using var events = client.EventsAsync(Token).GetAsyncEnumerator(Token);
        await Assert.ThrowsAsync<NotSupportedException>(() => events.MoveNextAsync().AsTask().Guarded("the refusal"));
    }
}
