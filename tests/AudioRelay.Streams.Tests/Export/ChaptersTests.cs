using System.Globalization;
using System.Text.Json;
using AudioRelay.Storage.Timeline;
using AudioRelay.Streams.Export;
using AudioRelay.TestKit.Fixtures;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.Streams.Tests.Export;

/// <summary>What ffprobe finds in an exported file beside its sound.</summary>
public sealed class ChaptersTests
{
    [Fact]
    public async Task Titles_are_chapters_of_an_MP3_file_and_it_tells_its_length_and_what_it_is()
    {
        using var show = await StoredShow.CreateAsync("mp3");
        var section = show.Sections[2];
        using var json = await Probe((await show.ExportAsync(new ExportRange.Section(section.Id), "stored")).Bytes);
        var end = $"{Math.Floor(section.Samples * 1000.0 / show.Rate) / 1000:0.000}";
        Assert.Equal([("0.000", "5.000", $"title {section.Id % 1000} a"), ("5.000", end, "title · b")], Chapters(json));
        var format = json.RootElement.GetProperty("format");
        Assert.Equal("show 2026-11-18 11:16", format.GetProperty("tags").GetProperty("title").GetString());
        Assert.Equal("show", format.GetProperty("tags").GetProperty("artist").GetString());
        Assert.Equal("2026-11-18T11:16:40", format.GetProperty("tags").GetProperty("date").GetString());
        Assert.Equal(
            (double)section.Samples / show.Rate,
            double.Parse(format.GetProperty("duration").GetString()!, CultureInfo.InvariantCulture),
            0.002
        );
    }

    [Fact]
    public async Task Chapters_of_a_clip_of_MP3_count_the_frames_that_lead_in()
    {
        using var show = await StoredShow.CreateAsync("mp3");
        var from = (4L * show.Rate) / 1152 * 1152; // on a frame, so that the lead-in is two frames
        var (bytes, _) = await show.ExportAsync(show.Clip(from, 12L * show.Rate), "mp3");
        using var json = await Probe(bytes);
        var starts = Chapters(json).Select(c => double.Parse(c.Start, CultureInfo.InvariantCulture)).ToList();
        var leadIn = 2 * 1152.0 / show.Rate;
        Assert.Equal(2, starts.Count);
        Assert.Equal(leadIn, starts[0], 0.0011);
        Assert.Equal(5 - ((double)from / show.Rate) + leadIn, starts[1], 0.0011);
    }

    [Fact]
    public async Task Frames_of_a_changing_bitrate_are_told_too_so_that_players_know_the_length()
    {
        // 128 kbit/s, then the same rate and channels at 40 kbit/s: from its size no player could tell how long it is.
        var low = TestFrames.Split(
            await Ffmpeg.Run([
                "-f",
                "lavfi",
                "-i",
                "sine=300:r=44100:d=20",
                "-ac",
                "2",
                "-c:a",
                "libmp3lame",
                "-b:a",
                "40k",
                "-write_xing",
                "0",
                "-id3v2_version",
                "0",
                "-f",
                "mp3",
                "-",
            ])
        );
        using var show = new CopiedShow();
        var frames = SoundFixture.Mp3.Frames.Concat(low).ToList();
        var id = show.Add(frames, SoundFixture.Mp3.Format);
        var (bytes, file) = await show.ExportAsync(new ExportRange.Section(id), "stored");
        using var json = await Probe(bytes);
        var told = double.Parse(json.RootElement.GetProperty("format").GetProperty("duration").GetString()!, CultureInfo.InvariantCulture);
        Assert.Equal(file.Duration.TotalSeconds, told, 0.002);
        Assert.Equal(frames.Count * 1152 / 44_100.0, told, 0.002);
        Assert.Equal(frames.Count * 1152 * 2, (await Ffmpeg.Decode(bytes)).Length);
    }

    [Theory]
    [InlineData("wav", "wav")]
    [InlineData("opus", "wav16k")]
    public async Task WAV_carries_its_name_and_date_and_its_titles_as_labelled_cues(string codec, string format)
    {
        using var show = await StoredShow.CreateAsync(codec);
        var (bytes, _) = await show.ExportAsync(show.Clip(2L * show.Rate, 30L * show.Rate), format);
        using var json = await Probe(bytes);
        var tags = json.RootElement.GetProperty("format").GetProperty("tags");
        Assert.Equal("show 2026-11-18 11:06", tags.GetProperty("title").GetString());
        Assert.Equal("show", tags.GetProperty("artist").GetString());
        Assert.Equal("2026-11-18T11:06:42Z", tags.GetProperty("date").GetString());

        var cut = (double)show.Sections[0].Samples / show.Rate;
        var chapters = Chapters(json);
        Assert.Equal(["title 0 a", "title · b", chapters[2].Title, "title · b"], chapters.Select(c => c.Title));
        double[] expected = [0, 3, cut - 2, cut + 3];
        Assert.All(expected.Zip(chapters), c => Assert.Equal(c.First, double.Parse(c.Second.Start, CultureInfo.InvariantCulture), 0.0011));
    }

    [Fact]
    public async Task Chapters_lie_where_the_titles_are_across_sections_and_a_hole()
    {
        foreach (var (codec, format) in new[] { ("opus", "stored"), ("aac", "m4a"), ("mp3", "stored") })
        {
            using var show = await StoredShow.CreateAsync(codec);
            var range = new ExportRange.Times(new UtcRange(StoredShow.StartUs, StoredShow.StartUs + 3_600_000_000));
            using var json = await Probe((await show.ExportAsync(range, format)).Bytes);
            var starts = Chapters(json).Select(c => double.Parse(c.Start, CultureInfo.InvariantCulture)).ToList();
            var (first, second) = ((double)show.Sections[0].Samples / show.Rate, (double)show.Sections[1].Samples / show.Rate);
            double[] expected = [0, 5, first, first + 5, first + second, first + second + 5];
            Assert.Equal(expected.Length, starts.Count);
            for (var i = 0; i < starts.Count; i++)
            {
                Assert.Equal(expected[i], starts[i], 0.0015);
            }
        }
    }

    private static List<(string Start, string End, string Title)> Chapters(JsonDocument json) =>
        [
            .. json
                .RootElement.GetProperty("chapters")
                .EnumerateArray()
                .Select(c =>
                    (
                        c.GetProperty("start_time").GetString()![..^3],
                        c.GetProperty("end_time").GetString()![..^3],
                        c.GetProperty("tags").GetProperty("title").GetString()!
                    )
                ),
        ];

    private static async Task<JsonDocument> Probe(byte[] bytes)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.File("f"), bytes, TestContext.Current.CancellationToken);
        return JsonDocument.Parse(
            await ToolProcess.Run("ffprobe", ["-v", "error", "-show_chapters", "-show_format", "-of", "json", folder.File("f")])
        );
    }
}
