using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using AudioRelay.EndToEnd.Support;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.EndToEnd.Icecast;

/// <summary>What a real Icecast sent, what came back, and ffmpeg between them.</summary>
[Collection(AloneCollection.Name)]
public sealed partial class IcecastTests(IcecastRecording recording, ITestOutputHelper output) : IClassFixture<IcecastRecording>
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(20);

    public static TheoryData<string, string> Shows =>
        new MatrixTheoryData<string, string>(["mp3", "lc", "he", "hev2"], ["opus", "aac", "wav", "copy"]);

    /// <summary>Those whose sound was made for the test; the HE-AAC fixtures have no marker.</summary>
    public static TheoryData<string, string> Marked => new MatrixTheoryData<string, string>(["mp3", "lc"], ["opus", "aac", "wav", "copy"]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Shows))]
    public async Task What_reached_the_recorder_comes_back_through_hls_and_export(string mount, string format)
    {
        var station = recording.Mount(mount);
        var facts = Facts(mount, format);
        // Low bit rates are compared where they keep the waveform; the others over their whole band.
        var rate = (mount, format) switch
        {
            (_, "opus" or "aac") => 8_000,
            ("he" or "hev2", _) => 16_000,
            _ => 44_100,
        };
        var whole = station.WholeFrames(station.Frames(IcecastRecording.Total));
        if (format == "copy")
        {
            using var file = recording.Stored($"{mount}-{format}");
            Assert.Equal(whole, file.Segments.SelectMany(s => s.Data));
        }

        var sent = await Ffmpeg.Decode(whole, rate, 1, ["-f", station.FfmpegFormat], Token);
        var sentSeconds = (double)sent.Length / rate;
        Assert.Equal(sentSeconds, facts.Seconds, Tolerance.TotalSeconds);

        var hls = await Ffmpeg.Decode(Playlist(mount, format, facts).ToString(), rate, 1, token: Token);
        var export = await Ffmpeg.Decode(await Export(mount, format, facts), rate, 1, token: Token);
        var declared = (double)(facts.EncoderDelay + facts.Padding) / facts.Rate;
        foreach (var (name, got) in (IEnumerable<(string, float[])>)[("HLS", hls), ("export", export)])
        {
            var seconds = (double)got.Length / rate;
            var lag = Sound.Lag(sent, got, rate, TimeSpan.FromSeconds(0.25));
            var match = Sound.Correlation(sent, got, lag, rate);
            output.WriteLine(
                FormattableString.Invariant(
                    $"{name}: {seconds:0.000} s of {sentSeconds:0.000} s sent (declared priming and padding {declared:0.000} s), lag {lag * 1000.0 / rate:0.0} ms, correlation {match:0.0000}"
                )
            );
            // Where a container can say it, ffmpeg has trimmed what was declared; where it cannot, it is there.
            Assert.InRange(seconds, sentSeconds - Tolerance.TotalSeconds, sentSeconds + declared + Tolerance.TotalSeconds);
            Assert.InRange(match, 0.95, 1.0001);
        }
    }

    [Theory]
    [InlineData("mp3", "opus")]
    [InlineData("hev2", "opus")]
    [InlineData("lc", "wav")]
    [InlineData("he", "wav")]
    public async Task Ffprobe_agrees_with_every_packet_of_the_fragments(string mount, string format)
    {
        recording.Mount(mount);
        var facts = Facts(mount, format);
        var (init, segments) = await Hls(mount, format, facts);
        using var file = recording.Stored($"{mount}-{format}");
        var stored = file.Segments;
        Assert.Equal(facts.Samples, stored.Sum(s => s.DurationSamples));
        Assert.Equal(stored.Count, segments.Count);

        // ffprobe 5.1 tells no duration in fragments, so a packet's length is the way to the next one.
        var times = (await Ffmpeg.Packets((byte[])[.. init, .. segments.SelectMany(s => s)], Token)).Select(p => p.Pts!.Value).ToList();
        var longest = format == "opus" ? 960 : 4096;
        Assert.Equal(0, times[0]);
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, format == "opus" ? 960 : 1, longest));
        var due = (long)facts.EncoderDelay;
        foreach (var segment in stored)
        {
            due += segment.DurationSamples;
            Assert.True(
                segment == stored[^1] ? times[^1] < due : times.Contains(due),
                $"no packet begins at {due}, after segment {segment.Id}"
            );
        }

        Assert.InRange(due - times[^1], 1, longest);
    }

    [Theory]
    [InlineData("mp3", "copy")]
    [InlineData("lc", "copy")]
    [InlineData("he", "copy")]
    [InlineData("hev2", "aac")]
    public async Task Ffprobe_agrees_with_every_frame_of_packed_audio(string mount, string format)
    {
        recording.Mount(mount);
        var facts = Facts(mount, format);
        var (_, segments) = await Hls(mount, format, facts);
        var frames = 0L;
        var first = PackedTimestamp(segments[0]);
        foreach (var segment in segments)
        {
            var due = first + (frames * facts.FrameSamples * 90_000.0 / facts.Rate);
            Assert.Equal(due, PackedTimestamp(segment), 1.0);
            var packets = await Ffmpeg.Packets(segment, Token);
            Assert.All(packets, p => Assert.Equal((double)facts.FrameSamples / facts.Rate, p.DurationTime!.Value, 0.0001));
            frames += packets.Count;
        }

        Assert.Equal(facts.Samples + facts.EncoderDelay + facts.Padding, frames * facts.FrameSamples);
    }

    [Theory]
    [InlineData("he", "copy")]
    [InlineData("he", "wav")]
    [InlineData("he", "opus")]
    [InlineData("hev2", "copy")]
    [InlineData("hev2", "wav")]
    [InlineData("hev2", "opus")]
    public async Task He_aac_keeps_its_energy_above_12_kHz(string mount, string format)
    {
        var station = recording.Mount(mount);
        var facts = Facts(mount, format);
        var sent = await High(station.Tapped, ["-f", station.FfmpegFormat]);
        var got = await High(await Export(mount, format, facts), []);
        output.WriteLine(FormattableString.Invariant($"above 12 kHz: {sent:0.00000} sent, {got:0.00000} came back"));
        Assert.InRange(got, sent / 3, sent * 3);
    }

    [Theory]
    [MemberData(nameof(Marked))]
    public async Task A_marker_in_the_sound_lands_at_its_wall_time(string mount, string format)
    {
        var station = recording.Mount(mount);
        var facts = Facts(mount, format);
        var sound = await Ffmpeg.Decode(await Export(mount, format, facts), 16_000, 1, token: Token);
        var list = await recording.Server!.Http.GetStringAsync(Playlist(mount, format, facts), Token);
        var startUs = (
            DateTimeOffset.Parse(Wall().Match(list).Groups["time"].Value, CultureInfo.InvariantCulture) - DateTimeOffset.UnixEpoch
        ).TotalMicroseconds;
        var tones = Sound.Tones(sound, 16_000, MadeSound.MarkerHertz);
        Assert.Equal(IcecastRecording.Markers.Length, tones.Count);
        for (var i = 0; i < tones.Count; i++)
        {
            var off = (startUs + (tones[i] * 1e6) - station.AirUs(IcecastRecording.Markers[i], IcecastRecording.Before)) / 1e6;
            output.WriteLine(FormattableString.Invariant($"marker {i + 1}: {off:0.000} s off"));
            Assert.InRange(off, -1, 1);
        }
    }

    [Theory]
    [InlineData("mp3", "copy")]
    [InlineData("mp3", "opus")]
    [InlineData("lc", "aac")]
    [InlineData("he", "copy")]
    [InlineData("hev2", "opus")]
    public async Task Titles_arrive_with_their_moment(string mount, string format)
    {
        recording.Mount(mount);
        using var file = recording.Stored($"{mount}-{format}");
        var section = Assert.Single(file.Sections);
        var stored = file.Rows(
            "select utc_us, x.text from titles t join title_texts x on x.id = t.text_id order by sample",
            row => (Us: row.GetInt64(0), Text: row.GetString(1))
        );
        Assert.Equal([IcecastRecording.FirstTitle, IcecastRecording.SecondTitle], stored.Select(title => title.Text));
        Assert.Equal(section.StartUs, stored[0].Us);
        // Blocks come every 16,000 bytes: each second at 128 kbit/s, each four at 32.
        var every = mount switch
        {
            "mp3" => 1.0,
            "lc" => 1.4,
            "he" => 2.7,
            _ => 4.1,
        };
        var late = (stored[1].Us / 1e6) - (recording.SecondTitleMs / 1e3);
        output.WriteLine(FormattableString.Invariant($"{late:0.0} s after it was set"));
        Assert.InRange(late, -1, every + 1.5);
        var timeline = await recording.Server!.Timeline($"{mount}-{format}");
        Assert.Equal(2, timeline.GetProperty("titles").GetArrayLength());
    }

    private StoredFacts Facts(string mount, string format)
    {
        using var file = recording.Stored($"{mount}-{format}");
        return Assert.Single(file.Sections);
    }

    private Uri Playlist(string mount, string format, StoredFacts facts)
    {
        var list = format switch
        {
            "opus" => "opus-playlist.m3u8",
            "wav" => "flac-playlist.m3u8",
            _ => "playlist.m3u8",
        };
        return new Uri(recording.Server!.Address, $"/show/{mount}-{format}/{list}?section_id={facts.Id}");
    }

    /// <summary>The fragments of a playlist as a player would fetch them; the init segment is empty where there is none.</summary>
    private async Task<(byte[] Init, IReadOnlyList<byte[]> Segments)> Hls(string mount, string format, StoredFacts facts)
    {
        var http = recording.Server!.Http;
        var playlist = Playlist(mount, format, facts);
        var lines = (await http.GetStringAsync(playlist, Token)).Split('\n');
        var map = lines.FirstOrDefault(line => line.StartsWith("#EXT-X-MAP:URI=", StringComparison.Ordinal));
        var init = map is null ? [] : await http.GetByteArrayAsync(new Uri(playlist, map.Split('"')[1]), Token);
        List<byte[]> segments = [];
        foreach (var line in lines.Where(line => line.Length > 0 && line[0] != '#'))
        {
            segments.Add(await http.GetByteArrayAsync(new Uri(playlist, line), Token));
        }

        return (init, segments);
    }

    /// <summary>The time in the ID3 tag at a packed segment's front, in ticks of 90 kHz.</summary>
    private static long PackedTimestamp(byte[] segment)
    {
        var owner = "com.apple.streaming.transportStreamTimestamp\0"u8;
        var at = segment.AsSpan().IndexOf(owner);
        Assert.True(at > 0, "no timestamp in front of the segment");
        return BinaryPrimitives.ReadInt64BigEndian(segment.AsSpan(at + owner.Length));
    }

    private async Task<byte[]> Export(string mount, string format, StoredFacts facts) =>
        await recording.Server!.Http.GetByteArrayAsync(
            new Uri($"/api/show/{mount}-{format}/export?section_id={facts.Id}&format=original", UriKind.Relative),
            Token
        );

    /// <summary>How loud it is above 12 kHz.</summary>
    private static async Task<double> High(byte[] bytes, string[] inputArguments)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.File("sound"), bytes, Token);
        var high = await Ffmpeg.Run(
            [
                .. inputArguments,
                "-i",
                folder.File("sound"),
                "-af",
                "highpass=f=12000,highpass=f=12000,highpass=f=12000",
                .. (string[])["-ac", "1", "-f", "f32le", "-"],
            ],
            token: Token
        );
        return Sound.Rms(MemoryMarshal.Cast<byte, float>(high));
    }

    [GeneratedRegex("#EXT-X-PROGRAM-DATE-TIME:(?<time>\\S+)")]
    private static partial Regex Wall();
}
