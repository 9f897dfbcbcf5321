using AudioRelay.Http.Tests.Support;
using AudioRelay.Streams.Receiver.Status;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Http.Tests.Playback;

public sealed class LiveTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly long NowMs = Now.ToUnixTimeMilliseconds();
    private readonly ShowFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task The_delay_is_counted_from_the_end_of_the_newest_sound()
    {
        _file.Open(NowMs - 20_000).Add(6, 96_000);
        await using var server = await ReceiverServer.Start([ReceivedFile.Of(_file)], new ManualTime(Now));
        server.Board.Post(
            new ShowSyncStatus
            {
                Show = "show",
                State = ShowSyncState.UpToDate,
                SinceUs = 0,
                LastDelay = TimeSpan.FromMilliseconds(240),
            }
        );
        var json = await server.Json("/api/show/show/live");
        Assert.Equal(
            (true, 6L, _file.SectionId, (NowMs - 8000) * 1000, 8000L, NowMs * 1000, 240L),
            (
                json.GetProperty("growing").GetBoolean(),
                json.GetProperty("segment_id").GetInt64(),
                json.GetProperty("section_id").GetInt64(),
                json.GetProperty("end_us").GetInt64(),
                json.GetProperty("behind_ms").GetInt64(),
                json.GetProperty("now_us").GetInt64(),
                json.GetProperty("last_delay_ms").GetInt64()
            )
        );
    }

    [Fact]
    public async Task A_show_without_sound_is_no_error()
    {
        await using var server = await PlaybackServer.Inspect(_file, new ManualTime(Now));
        var (status, json) = await server.Json("/api/live");
        Assert.Equal(200, (int)status);
        Assert.False(json.GetProperty("growing").GetBoolean());
        Assert.Equal("null", json.GetProperty("behind_ms").GetRawText());
    }

    [Theory]
    [InlineData(299, true, false)]
    [InlineData(300, false, true)]
    public async Task A_section_that_nobody_ended_is_followed_for_five_minutes_by_live_and_playlist_alike(int later, bool grows, bool ends)
    {
        _file.Open(NowMs - 12_000).Add(6, 96_000);
        await using var server = await PlaybackServer.Inspect(_file, new ManualTime(Now.AddSeconds(later)));
        Assert.Equal(grows, (await server.Json("/api/live")).Json.GetProperty("growing").GetBoolean());
        var playlist = await server.Client.GetStringAsync(
            $"/opus-playlist.m3u8?section_id={_file.SectionId}",
            TestContext.Current.CancellationToken
        );
        Assert.Equal(ends, playlist.Contains("#EXT-X-ENDLIST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_section_that_has_ended_is_not_followed()
    {
        _file.Open(NowMs - 20_000).Add(6, 96_000).Close();
        await using var server = await PlaybackServer.Inspect(_file, new ManualTime(Now));
        Assert.False((await server.Json("/api/live")).Json.GetProperty("growing").GetBoolean());
    }
}
