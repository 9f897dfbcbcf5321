using AudioRelay.Http.Shows;
using AudioRelay.Http.Tests.Support;
using AudioRelay.Storage;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Http.Tests.Hls;

/// <summary>What growing lists promise as their longest segment: what is configured, here or at the recorder, and as long as they live the same.</summary>
public sealed class TargetDurationTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly long NowMs = Now.ToUnixTimeMilliseconds();
    private readonly ShowFile _file = new();

    [Fact]
    public async Task A_receiver_promises_what_is_configured_at_the_recorder()
    {
        _file.Open(NowMs - 60_000).Add(5, 96_000);
        var reader = new TargetReader(_file.Reader) { TargetSeconds = 2 };
        await using var server = await PlaybackServer.Start(Receiving(reader), new ManualTime(Now));
        foreach (var list in Lists())
        {
            Assert.Equal(2, await Target(server, list));
        }

        // A recorder that does not tell, the predecessor above all: as long as anybody has seen, and at least what is usual.
        reader.TargetSeconds = null;
        await using var other = await PlaybackServer.Start(Receiving(reader), new ManualTime(Now));
        foreach (var list in Lists())
        {
            Assert.Equal(6, await Target(other, list));
        }
    }

    [Theory]
    [InlineData(6, 1)]
    [InlineData(1, 6)]
    public async Task P3_A_list_keeps_its_promise_when_another_length_is_configured_and_the_next_recording_has_its_own(
        int before,
        int after
    )
    {
        _file.Open(NowMs - 60_000).Add(1, 48_000); // the first is short, so the segments alone do not tell
        var first = $"?section_id={_file.SectionId}";
        var reader = new TargetReader(_file.Reader) { TargetSeconds = before };
        await using var server = await PlaybackServer.Start(Receiving(reader), new ManualTime(Now));
        Assert.Equal(before, await Target(server, first));
        reader.TargetSeconds = after;
        Assert.Equal(before, await Target(server, first));
        _file.Close(EndCause.Disconnected);
        Assert.Equal(before, await Target(server, first));
        _file.Open(NowMs - 20_000).Add(1, 48_000);
        Assert.Equal(after, await Target(server, $"?section_id={_file.SectionId}"));
        Assert.Equal(before, await Target(server, first));
    }

    [Fact]
    public async Task P3_A_segment_that_is_longer_than_promised_raises_it_for_good()
    {
        _file.Open(NowMs - 60_000).Add(2, 48_000);
        var reader = new TargetReader(_file.Reader) { TargetSeconds = 1 };
        await using var server = await PlaybackServer.Start(Receiving(reader), new ManualTime(Now));
        var list = $"?section_id={_file.SectionId}";
        Assert.Equal(1, await Target(server, list));
        _file.Add(1, 5 * 48_000);
        Assert.Equal(5, await Target(server, list));
        _file.Add(3, 48_000);
        Assert.Equal(5, await Target(server, list));
    }

    [Fact]
    public async Task The_window_of_what_is_live_follows_what_is_configured_once_nothing_longer_is_in_it()
    {
        _file.Open(NowMs - (40 * 60_000)).Add(3, 6 * 48_000).Close(EndCause.Disconnected);
        _file.Open(NowMs - (39 * 60_000)).Add(3, 48_000);
        var reader = new TargetReader(_file.Reader) { TargetSeconds = 1 };
        await using var server = await PlaybackServer.Start(Receiving(reader), new ManualTime(Now));
        Assert.Equal(6, await Target(server, "?live=1"));
        _file.Close(EndCause.Disconnected).Open(NowMs - 10_000).Add(1, 48_000);
        Assert.Equal(1, await Target(server, "?live=1"));
    }

    public void Dispose() => _file.Dispose();

    private string[] Lists() => [$"?section_id={_file.SectionId}", "?start_id=1", "?live=1", ""];

    private static ReceiverCatalog Receiving(TargetReader reader) => new(() => [new("show", new ReceivedFile("show", reader))]);

    private static async Task<int> Target(PlaybackServer server, string query)
    {
        const string tag = "#EXT-X-TARGETDURATION:";
        var text = await server.Text("/api/show/show/opus-playlist.m3u8" + query);
        var line = Assert.Single(text.Split('\n'), line => line.StartsWith(tag, StringComparison.Ordinal));
        return int.Parse(line[tag.Length..], System.Globalization.CultureInfo.InvariantCulture);
    }
}
