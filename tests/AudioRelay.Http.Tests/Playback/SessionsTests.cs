using System.Net;
using AudioRelay.Http.Shows;
using AudioRelay.Http.Tests.Support;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Http.Tests.Playback;

public sealed class SessionsTests(ThreeSessions three) : IClassFixture<ThreeSessions>
{
    private const long Start = ThreeSessions.StartMs;

    [Theory]
    [InlineData("", 3)]
    [InlineData("?start_ts=1700000000000", 3)]
    [InlineData("?start_ts=1700000009999", 3)]
    [InlineData("?start_ts=1700000010000", 2)]
    [InlineData("?end_ts=1700000000000", 0)]
    [InlineData("?end_ts=1700000000001", 1)]
    [InlineData("?start_ts=1700003600000&end_ts=1700007200000", 1)]
    [InlineData("?start_ts=5&end_ts=5", 0)]
    [InlineData("?start_ts=1800000000000&end_ts=1700000000000", 0)]
    [InlineData("?start_ts=0&end_ts=253402300799999", 3)]
    [InlineData("?start_ts=1&end_ts=0", 0)]
    public async Task The_filter_keeps_what_overlaps_it(string query, int expected)
    {
        var server = three.Inspect;
        var (status, json) = await server.Json("/api/sessions" + query);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("show", json.GetProperty("name").GetString());
        Assert.Equal(expected, json.GetProperty("sessions").GetArrayLength());
    }

    [Theory]
    [InlineData("")]
    [InlineData("&sort_desc=true")]
    public async Task Pages_join_to_the_whole_list(string order)
    {
        var all = (await three.Inspect.Json("/api/sessions?start_ts=0" + order)).Json;
        Assert.False(all.GetProperty("more").GetBoolean());
        var (read, after) = (new List<long>(), "");
        for (var page = 1; ; page++)
        {
            var (_, json) = await three.Inspect.Json($"/api/sessions?limit=1{order}{after}");
            read.Add(Assert.Single(json.GetProperty("sessions").EnumerateArray()).GetProperty("section_id").GetInt64());
            Assert.Equal(page < 3, json.GetProperty("more").GetBoolean());
            if (page == 3)
            {
                break;
            }

            after = "&after=" + read[^1];
        }

        Assert.Equal(all.GetProperty("sessions").EnumerateArray().Select(s => s.GetProperty("section_id").GetInt64()), read);
    }

    [Fact]
    public async Task A_session_says_all_a_player_needs()
    {
        var server = three.Inspect;
        var sessions = (await server.Json("/api/sessions?sort_desc=true")).Json.GetProperty("sessions");
        Assert.Equal([11L, 6L, 1L], sessions.EnumerateArray().Select(s => s.GetProperty("start_id").GetInt64()));
        var first = sessions[2];
        Assert.Equal(Start * 1000, first.GetProperty("section_id").GetInt64());
        Assert.Equal(5, first.GetProperty("end_id").GetInt64());
        Assert.Equal(Start, first.GetProperty("timestamp_ms").GetInt64());
        Assert.Equal(10_000, first.GetProperty("duration_ms").GetInt64());
        Assert.True(first.GetProperty("ended").GetBoolean());
        Assert.Equal("opus", first.GetProperty("codec").GetString());
    }

    [Fact]
    public async Task What_nobody_ended_and_nobody_adds_to_any_more_is_told_as_ended_everywhere()
    {
        var start = DateTimeOffset.FromUnixTimeMilliseconds(Start);
        using var file = new ShowFile().Open(Start).Add(3, 96_000); // then its recorder was killed, and never came back
        foreach (var (later, ended) in new[] { (2, false), (7, true) })
        {
            var time = new ManualTime(start.AddMinutes(later));
            var catalog = new ReceiverCatalog(() => [ReceivedFile.Of(file)]);
            await using var server = await PlaybackServer.Start(catalog, time);
            var session = (await server.Json("/api/show/show/sessions")).Json.GetProperty("sessions")[0];
            Assert.Equal(ended, session.GetProperty("ended").GetBoolean());
            var timeline = (await server.Json($"/api/show/show/timeline?from_ms={Start}&to_ms={Start + 60_000}")).Json;
            Assert.Equal(ended, timeline.GetProperty("sections")[0].GetProperty("ended").GetBoolean());
            Assert.Equal(!ended, timeline.GetProperty("live").GetProperty("growing").GetBoolean());
            var show = (await server.Json("/api/shows")).Json.GetProperty("shows")[0];
            Assert.Equal(!ended, show.GetProperty("recording").GetBoolean());
        }
    }

    [Theory]
    [InlineData("?start_ts=yesterday")]
    [InlineData("?sort_desc=perhaps")]
    public async Task What_cannot_be_read_is_refused(string query)
    {
        var server = three.Inspect;
        Assert.Equal(HttpStatusCode.BadRequest, (await server.Json("/api/sessions" + query)).Status);
    }

    [Fact]
    public async Task An_empty_store_has_no_sessions_and_no_range()
    {
        using var empty = new ShowFile();
        await using var server = await PlaybackServer.Inspect(empty);
        Assert.Equal(0, (await server.Json("/api/sessions")).Json.GetProperty("sessions").GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, (await server.Json("/api/segments/range")).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.Json("/api/metadata")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Json("/api/opus-playlist.m3u8")).Status);
    }

    [Fact]
    public async Task The_latest_segment_of_a_session_is_told()
    {
        var server = three.Inspect;
        var (_, json) = await server.Json($"/api/session/{Start * 1000}/latest");
        Assert.Equal(5, json.GetProperty("current_end_id").GetInt64());
        Assert.Equal(5, json.GetProperty("segment_count").GetInt64());
        Assert.Equal(HttpStatusCode.NotFound, (await server.Json("/api/session/7/latest")).Status);
    }
}
