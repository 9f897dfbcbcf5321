using System.Globalization;
using System.Text.RegularExpressions;
using AudioRelay.EndToEnd.Support;
using AudioRelay.TestKit.Fixtures;
using AudioRelay.TestKit.Stations;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.EndToEnd.Playing;

/// <summary>The lists of a show that is on the air, followed by ffmpeg at the recorder and at a receiver, both as processes of their own.</summary>
public sealed partial class GrowingListsJudgedByFfmpegTests
{
    /// <summary>More than is there when it begins to read: it has to read the list again, several times.</summary>
    private const int Seconds = 12;

    private const int Rate = 16_000;

    private static readonly (string Show, string List)[] Shows =
    [
        ("copy", "playlist.m3u8"),
        ("opus", "opus-playlist.m3u8"),
        ("aac", "playlist.m3u8"),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ffmpeg_follows_every_kind_of_growing_list_and_ffprobe_reads_the_finished_ones()
    {
        Assert.SkipUnless(Ffmpeg.IsInstalled, Ffmpeg.Missing);
        var script = new StationScript { Source = new LoopedSource(SoundFixture.Mp3), BurstBytes = 16_384 };
        await using var station = new SocketStation(script, TimeProvider.System, TimeSpan.FromSeconds(5));
        using var there = new TempConfig(Shows.Select(show => new ShowLines(show.Show, station.Address, show.Show)));
        await using var recorder = await RecorderRun.Start(there);
        using var here = new TempReceiver(recorder.Address);
        await using var receiver = await ReceiverRun.Start(here);
        foreach (var (show, _) in Shows)
        {
            await receiver.Events.Reaches(show, 4);
        }

        Uri[] roles = [recorder.Address, receiver.Address];
        var growing =
            from role in roles
            from show in Shows
            from list in new[] { $"{show.List}?live=1", $"{show.List}?start_id=1", "index.m3u8?start_id=1" }
            select (
                Address: new Uri(role, $"/show/{show.Show}/{list}").AbsoluteUri,
                FromStart: !list.EndsWith("live=1", StringComparison.Ordinal)
            );
        await Task.WhenAll(growing.Select(list => Follow(list.Address, list.FromStart)));

        foreach (var role in roles)
        {
            foreach (var (show, list) in Shows)
            {
                await Probe(new Uri(role, $"/show/{show}/"), list, show == "copy" ? "mp3" : show);
            }
        }
    }

    [GeneratedRegex("#EXTINF:([0-9.]+),")]
    private static partial Regex Length();

    private static async Task Follow(string address, bool fromStart)
    {
        string[] from = fromStart ? ["-live_start_index", "0"] : [];
        var heard = await Ffmpeg.Decode(address, Rate, 1, [.. from, "-t", $"{Seconds}"], Token);
        Assert.True(Math.Abs(((double)heard.Length / Rate) - Seconds) < 0.2, $"{address}: {(double)heard.Length / Rate:F2} s");
        Assert.True(Sound.Rms(heard) > 0.01, $"{address}: silence");
    }

    private static async Task Probe(Uri show, string list, string codec)
    {
        // What grows is known at once for what it is.
        Assert.Equal(codec, (await Ffmpeg.Probe(new Uri(show, "index.m3u8?live=1").AbsoluteUri, Token)).Codec);
        using var client = new HttpClient();
        var text = await client.GetStringAsync(new Uri(show, $"{list}?start_id=2&end_id=6"), Token);
        var lengths = Length().Matches(text).Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(5, lengths.Length);
        var listed = lengths.Sum();
        foreach (var finished in new[] { $"{list}?start_id=2&end_id=6", "index.m3u8?start_id=2&end_id=6" })
        {
            var address = new Uri(show, finished).AbsoluteUri;
            Assert.Equal(codec, (await Ffmpeg.Probe(address, Token)).Codec);
            // Counted and decoded, not by packet times: ffmpeg 5 puts the time of a packed segment's tag on what it had read ahead before.
            Assert.NotEmpty(await Ffmpeg.Packets(address, Token));
            var heard = (double)(await Ffmpeg.Decode(address, Rate, 1, token: Token)).Length / Rate;
            Assert.True(Math.Abs(heard - listed) < 0.15, $"{address}: {heard:F3} s of {listed:F3} s\n{text}");
        }
    }
}
