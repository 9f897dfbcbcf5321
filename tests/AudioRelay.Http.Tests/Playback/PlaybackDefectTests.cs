using System.Buffers.Binary;
using System.Net;
using AudioRelay.Http.Tests.Support;
using AudioRelay.Storage;
using AudioRelay.Streams.Receiver.Status;

namespace AudioRelay.Http.Tests.Playback;

/// <summary>The predecessor's defects in playback, each asked of a receiver at both of its layouts.</summary>
public sealed class PlaybackDefectTests : IAsyncLifetime
{
    private const long Start = 1_700_000_000_000;
    private static readonly string[] Layouts = ["/show/", "/api/show/"];
    private readonly ShowFile _opus = new(name: "opus");
    private readonly ShowFile _aac = new("aac", name: "aac");
    private readonly ShowFile _empty = new(name: "empty");
    private ReceiverServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        // Two connections five minutes apart; the first ends with a short segment.
        _opus.Open(Start).Add(3, 95_688, _ => ShowFile.Opus(0, 96_000)).Add(1, 19_200).Close(EndCause.Disconnected);
        _opus.Open(Start + 300_000).Add(2, 96_000).Close();
        _aac.Open(Start, delay: 0).Add(3, 40 * 1024, first => ShowFile.Adts(first, 40, 16_000)).Close();
        _server = await ReceiverServer.Start([ReceivedFile.Of(_aac), ReceivedFile.Of(_empty), ReceivedFile.Of(_opus)]);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _opus.Dispose();
        _aac.Dispose();
        _empty.Dispose();
    }

    [Fact]
    public async Task B24_A_short_segment_does_not_move_those_behind_it()
    {
        using var file = new ShowFile(name: "short").Open(Start, delay: 0).Add(3, 96_000).Add(1, 19_200).Add(2, 96_000).Close();
        await using var server = await ReceiverServer.Start([ReceivedFile.Of(file)]);
        foreach (var layout in Layouts)
        {
            var times = new List<long>();
            for (var id = 1; id <= 6; id++)
            {
                var segment = await server.Client.GetByteArrayAsync($"{layout}short/opus-segment/{id}.m4s", Cancel);
                times.Add(BinaryPrimitives.ReadInt64BigEndian(segment.AsSpan(segment.AsSpan().IndexOf("tfdt"u8) + 8)));
            }

            Assert.Equal([0, 96_000, 192_000, 288_000, 307_200, 403_200], times);
        }
    }

    [Fact]
    public async Task B25_AAC_of_a_receiver_carries_its_time()
    {
        foreach (var layout in Layouts)
        {
            var third = await _server.Client.GetByteArrayAsync($"{layout}aac/aac-segment/3.aac", Cancel);
            var head = third.Length - ShowFile.Adts(80 * 1024, 40, 16_000).Length;
            Assert.True(third.AsSpan().StartsWith("ID3"u8));
            Assert.Equal(80 * 1024 * 90_000L / 16_000, BinaryPrimitives.ReadInt64BigEndian(third.AsSpan(head - 8)));
        }
    }

    [Theory]
    [InlineData("opus-playlist.m3u8?start_id=4&end_id=2", 400)]
    [InlineData("opus-playlist.m3u8?from_ms=9&to_ms=5", 400)]
    [InlineData("timeline?from_ms=9&to_ms=5", 400)]
    [InlineData("sessions?start_ts=9&end_ts=5", 200)]
    [InlineData("titles?from_us=9&until_us=5", 200)]
    public async Task B26_Reversed_ranges_of_any_kind_are_answered(string path, int status)
    {
        foreach (var layout in Layouts)
        {
            await Status($"{layout}opus/{path}", status);
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, "/show/opus/opus-segment/1.m4s");
        request.Headers.TryAddWithoutValidation("Range", "bytes=50-10");
        using var response = await _server.Client.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("opus/opus-segment/99.m4s", 404)]
    [InlineData("opus/opus-segment/0.m4s", 404)]
    [InlineData("opus/aac-segment/1.aac", 404)]
    [InlineData("opus/opus-segment/x.m4s", 400)]
    [InlineData("opus/session/12/latest", 404)]
    [InlineData("nobody/opus-segment/1.m4s", 404)]
    [InlineData("nobody/metadata", 404)]
    public async Task B27_What_is_not_there_is_404_in_both_layouts(string path, int status)
    {
        foreach (var layout in Layouts)
        {
            await Status(layout + path, status);
        }
    }

    [Fact]
    public async Task B28_With_the_recorder_away_everything_pulled_lists_and_plays()
    {
        _server.Board.Post(new RemoteStatus("studio", "http://studio:17000/", Online: false, 0, "It does not answer.", Pushes: false));
        _server.Board.Post(
            new ShowSyncStatus
            {
                Show = "opus",
                State = ShowSyncState.RecorderAway,
                SinceUs = 0,
            }
        );
        foreach (var root in (string[])["/", "/api/"])
        {
            var shows = (await _server.Json(root + "shows")).GetProperty("shows").EnumerateArray();
            Assert.Equal(["aac", "empty", "opus"], shows.Select(show => show.GetProperty("name").GetString()!));
        }

        Assert.Contains(
            "opus-segment/6.m4s",
            await _server.Client.GetStringAsync("/show/opus/opus-playlist.m3u8", Cancel),
            StringComparison.Ordinal
        );
        Assert.NotEmpty(await _server.Client.GetByteArrayAsync("/show/opus/opus-segment/6.m4s", Cancel));
    }

    [Fact]
    public async Task B29_A_show_that_has_no_sound_yet_is_an_answer_everywhere()
    {
        foreach (var layout in Layouts)
        {
            var metadata = await _server.Json(layout + "empty/metadata");
            Assert.Equal("null", metadata.GetProperty("min_id").GetRawText());
            Assert.Equal("null", metadata.GetProperty("max_id").GetRawText());
            Assert.Empty((await _server.Json(layout + "empty/sessions")).GetProperty("sessions").EnumerateArray());
            Assert.Equal("opus", (await _server.Json(layout + "empty/format")).GetProperty("format").GetString());
            foreach (
                var path in (string[])["segments/range", "opus-playlist.m3u8", "index.m3u8", "opus-segment/init.mp4", "opus-segment/1.m4s"]
            )
            {
                await Status($"{layout}empty/{path}", 404);
            }

            await Status($"{layout}empty/live", 200);
            await Status($"{layout}empty/titles", 200);
            await Status($"{layout}empty/timeline?from_ms=0&to_ms=1000", 200);
        }
    }

    [Fact]
    public async Task B30_Requests_share_one_reader_and_a_hot_segment_is_read_once()
    {
        await using var counted = new CountingReader(_opus.Reader);
        await using var server = await ReceiverServer.Start([new("opus", new ReceivedFile("opus", counted))]);
        var first = await server.Client.GetByteArrayAsync("/show/opus/opus-segment/5.m4s", Cancel);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(first, await server.Client.GetByteArrayAsync("/api/show/opus/opus-segment/5.m4s", Cancel));
        }

        Assert.Equal(1, counted.SegmentReads);
    }

    [Fact]
    public async Task B31_A_range_over_two_connections_says_where_they_meet()
    {
        foreach (var layout in Layouts)
        {
            var lines = (await _server.Client.GetStringAsync($"{layout}opus/opus-playlist.m3u8?start_id=3&end_id=6", Cancel)).Split('\n');
            var at = Assert.Single(Enumerable.Range(0, lines.Length), i => lines[i] == "#EXT-X-DISCONTINUITY");
            Assert.StartsWith("opus-segment/4.m4s?", lines[at - 1], StringComparison.Ordinal);
            Assert.StartsWith("#EXT-X-PROGRAM-DATE-TIME:", lines[at + 1], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task B32_A_session_that_began_before_the_range_is_listed()
    {
        foreach (var layout in Layouts)
        {
            var sessions = (await _server.Json($"{layout}opus/sessions?start_ts={Start + 1000}&end_ts={Start + 2000}")).GetProperty(
                "sessions"
            );
            Assert.Equal(Start, Assert.Single(sessions.EnumerateArray()).GetProperty("timestamp_ms").GetInt64());
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task Status(string path, int status)
    {
        using var response = await _server.Client.GetAsync(path, Cancel);
        Assert.Equal((path, status), (path, (int)response.StatusCode));
    }
}
