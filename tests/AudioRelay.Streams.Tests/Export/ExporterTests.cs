using System.Buffers;
using System.Text.Json;
using AudioRelay.Media.Containers.Ogg;
using AudioRelay.Storage.Timeline;
using AudioRelay.Streams.Export;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.Streams.Tests.Export;

public sealed class ExporterTests
{
    [Fact]
    public async Task An_Opus_section_is_an_Ogg_file_that_decodes_to_exactly_its_samples()
    {
        using var show = await StoredShow.CreateAsync("opus");
        var whole = await Reference(show);

        for (var i = 0; i < 3; i++)
        {
            var section = show.Sections[i];
            var (bytes, file) = await show.ExportAsync(new ExportRange.Section(section.Id), "ogg");
            var from = i == 1 ? show.Sections[0].Samples : 0;
            var decoded = await Ffmpeg.Decode(bytes);
            AssertSame(whole.AsSpan((int)from, (int)section.Samples), decoded);
            Assert.Equal("audio/ogg", file.MediaType);
            Assert.Equal((double)section.Samples / 48000, file.Duration.TotalSeconds, 6);
        }
    }

    [Fact]
    public async Task Any_range_of_Opus_is_exact_to_the_sample_across_the_cut_of_a_chain_too()
    {
        using var show = await StoredShow.CreateAsync("opus");
        var whole = await Reference(show);
        var random = new Random(20);
        for (var i = 0; i < 12; i++)
        {
            var from = random.Next(0, 31 * 8000) * 6; // whole µs
            var until = random.Next((from / 6) + 1, whole.Length / 6) * 6;
            if (i == 0)
            {
                (from, until) = ((int)show.Sections[0].Samples - 102, (int)show.Sections[0].Samples + 102);
            }

            var (bytes, file) = await show.ExportAsync(show.Clip(from, until), "original");
            var decoded = await Ffmpeg.Decode(bytes);
            AssertSame(whole.AsSpan(from, until - from), decoded);
            Assert.EndsWith(".ogg", file.Name, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Sections_with_a_hole_between_them_follow_each_other_in_one_stream()
    {
        using var show = await StoredShow.CreateAsync("opus");
        var (bytes, file) = await show.ExportAsync(All, "ogg");
        var decoded = await Ffmpeg.Decode(bytes);
        var samples = show.Sections.Sum(s => s.Samples);
        Assert.Equal((double)samples / 48000, file.Duration.TotalSeconds, 6);
        // A join keeps the padding of the one and the delay of the other.
        Assert.InRange(decoded.Length - samples, 0, show.Delay + (2 * 960));
        Assert.InRange((await Probe(bytes)).Duration!.Value, decoded.Length / 48000.0, (decoded.Length / 48000.0) + 0.01);
    }

    [Fact]
    public async Task Titles_are_chapters_of_Ogg_and_m4a()
    {
        using var opus = await StoredShow.CreateAsync("opus");
        using var aac = await StoredShow.CreateAsync("aac");
        foreach (var (show, format) in new[] { (opus, "ogg"), (aac, "m4a") })
        {
            var (bytes, _) = await show.ExportAsync(show.Clip(2L * show.Rate, 30L * show.Rate), format);
            using var folder = new TemporaryFolder();
            await File.WriteAllBytesAsync(folder.File("f"), bytes, TestContext.Current.CancellationToken);
            using var json = JsonDocument.Parse(
                await ToolProcess.Run("ffprobe", ["-v", "error", "-show_chapters", "-of", "json", folder.File("f")])
            );
            var chapters = json
                .RootElement.GetProperty("chapters")
                .EnumerateArray()
                .Select(c => (c.GetProperty("start_time").GetString()![..4], c.GetProperty("tags").GetProperty("title").GetString()))
                .ToList();
            var cut = (double)show.Sections[0].Samples / show.Rate;
            Assert.Equal(4, chapters.Count);
            Assert.Equal(("0.00", $"title {show.Sections[0].Id % 1000} a"), chapters[0]);
            Assert.Equal(("3.00", "title · b"), chapters[1]);
            Assert.Equal(Tenths(cut - 2), chapters[2].Item1);
            Assert.Equal(Tenths(cut + 3), chapters[3].Item1);
        }
    }

    [Fact]
    public async Task AAC_in_m4a_is_exact_to_the_sample_for_sections_and_ranges()
    {
        using var show = await StoredShow.CreateAsync("aac");
        var whole = (await Ffmpeg.Decode(show.Packets.SelectMany(p => p).ToArray()))[show.Delay..];
        var random = new Random(21);
        var ranges = new List<(ExportRange Range, int From, int Until)>
        {
            (new ExportRange.Section(show.Sections[0].Id), 0, (int)show.Sections[0].Samples),
            (new ExportRange.Section(show.Sections[1].Id), (int)show.Sections[0].Samples, (int)show.Sections[2].Samples),
        };
        for (var i = 0; i < 8; i++)
        {
            var from = random.Next(0, 30 * 16000) / 16 * 16; // whole ms
            var until = random.Next(from + 1024, (int)show.Sections[2].Samples) / 16 * 16;
            ranges.Add((show.Clip(from, until), from, until));
        }

        foreach (var (range, from, until) in ranges)
        {
            var (bytes, _) = await show.ExportAsync(range, "m4a");
            var decoded = await Ffmpeg.Decode(bytes);
            Assert.Equal((double)(until - from) / 16000, (await Probe(bytes)).Duration!.Value, 5);
            Assert.InRange(decoded.Length - (until - from), 0, 1023); // ffmpeg plays the last frame whole
            AssertSame(whole.AsSpan(from, until - from), decoded.AsSpan(0, until - from));
        }
    }

    [Fact]
    public async Task A_whole_section_of_AAC_or_MP3_is_its_frames_byte_for_byte()
    {
        foreach (var codec in new[] { "aac", "mp3" })
        {
            using var show = await StoredShow.CreateAsync(codec);
            var (bytes, file) = await show.ExportAsync(new ExportRange.Section(show.Sections[2].Id), "original");
            var sound = show.Packets.SelectMany(p => p).ToArray();
            Assert.Equal(sound, bytes[^sound.Length..]); // MP3 has a tag and a frame with the length in front
            Assert.Equal(codec == "mp3", bytes.Length > sound.Length);
            Assert.EndsWith("." + codec, file.Name, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("aac")]
    [InlineData("mp3")]
    public async Task A_range_of_frames_holds_all_of_its_sound_and_at_most_two_frames_before(string codec)
    {
        using var show = await StoredShow.CreateAsync(codec);
        var random = new Random(22);
        for (var i = 0; i < 40; i++)
        {
            var from = random.NextInt64(3L * show.Rate, 25L * show.Rate);
            var until = random.NextInt64(from + show.FrameSamples, 30L * show.Rate);
            var (bytes, _) = await show.ExportAsync(show.Clip(from, until), codec);
            var frames = TestFrames.Split(bytes[(codec == "mp3" ? TagLength(bytes) : 0)..]);
            frames.RemoveRange(0, codec == "mp3" ? 1 : 0); // the one that tells the length
            var first = show.Packets.FindIndex(p => p.AsSpan().SequenceEqual(frames[0]));
            Assert.Equal(show.Packets.Skip(first).Take(frames.Count), frames);
            Assert.Equal((from + show.Delay) / show.FrameSamples, first + 2);
            Assert.Equal((until + show.Delay + show.FrameSamples - 1) / show.FrameSamples, first + frames.Count);
        }
    }

    [Fact]
    public async Task WAV_is_bit_exact_with_its_length_known_before()
    {
        using var show = await StoredShow.CreateAsync("wav");
        var pcm = show.Packets.SelectMany(p => p).ToArray();
        var random = new Random(23);
        for (var i = 0; i < 20; i++)
        {
            var from = random.Next(0, 30 * 22050);
            var until = random.Next(from + 2, pcm.Length / 2);
            var (bytes, file) = await show.ExportAsync(show.Clip(from, until), "wav");
            var data = Data(bytes);
            Assert.Equal(file.Length, bytes.Length);
            Assert.InRange((data.Length / 2) - (until - from), -1, 1);
            Assert.True(pcm.AsSpan(from * 2).StartsWith(data) || pcm.AsSpan((from + 1) * 2).StartsWith(data));
        }

        var (all, _) = await show.ExportAsync(All, "wav");
        Assert.True(Data(all).SequenceEqual([.. pcm, .. pcm]));
    }

    [Fact]
    public async Task Names_tell_the_show_and_the_time()
    {
        using var show = await StoredShow.CreateAsync("wav");
        var (_, section) = await show.ExportAsync(new ExportRange.Section(show.Sections[0].Id), "wav");
        var (_, range) = await show.ExportAsync(show.Clip(22050, 2 * 22050), "original");
        Assert.Equal($"show_20261118_110640_{StoredShow.StartUs:x}.wav", section.Name);
        Assert.Equal("show_20261118_110641_20261118_110642.wav", range.Name);
        var (_, everything) = await show.ExportAsync(new ExportRange.Times(new UtcRange(long.MinValue / 2, long.MaxValue / 2)), "wav");
        Assert.Equal("show_19700101_000000_99991231_235959.wav", everything.Name);
    }

    [Fact]
    public async Task What_retention_takes_while_a_file_is_written_breaks_it_off_instead_of_leaving_a_hole()
    {
        using var show = await StoredShow.CreateAsync("wav");
        var answer = await Exporter.PrepareAsync(show.Reader, All, "wav", StoredShow.Codecs, TestContext.Current.CancellationToken);
        show.Store.Retention.HideBefore(StoredShow.StartUs + 20_000_000, StoredShow.StartUs + 3_600_000_000);

        await Assert.ThrowsAsync<ExportInterruptedException>(() => StoredShow.WriteAsync(answer.File!));
        var gone = await show.RefusalAsync(new ExportRange.Section(show.Sections[0].Id), "wav");
        Assert.Equal(ExportRefusalCause.Gone, gone.Cause);
    }

    [Fact]
    public async Task What_cannot_be_exported_is_refused_with_the_reason()
    {
        using var show = await StoredShow.CreateAsync("wav", rateOfThird: 16000);
        var section = new ExportRange.Section(show.Sections[0].Id);
        Assert.Equal(ExportRefusalCause.UnknownFormat, (await show.RefusalAsync(section, "flac")).Cause);
        Assert.Equal(ExportRefusalCause.DoesNotFit, (await show.RefusalAsync(section, "ogg")).Cause);
        Assert.Equal(ExportRefusalCause.NotFound, (await show.RefusalAsync(new ExportRange.Section(7), "wav")).Cause);
        Assert.Equal(ExportRefusalCause.DoesNotFit, (await show.RefusalAsync(All, "stored")).Cause);
        var before = new ExportRange.Times(new UtcRange(0, 1_000_000));
        Assert.Equal(ExportRefusalCause.NotFound, (await show.RefusalAsync(before, "wav")).Cause);
    }

    private static ExportRange All => new ExportRange.Times(new UtcRange(StoredShow.StartUs - 1, StoredShow.StartUs + 3_600_000_000));

    private static async Task<float[]> Reference(StoredShow show)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new OggOpusWriter(output, new OggOpusHeader(show.Delay));
        show.Packets.ForEach(p => writer.WritePacket(p));
        writer.Finish(show.Padding);
        var decoded = await Ffmpeg.Decode(output.WrittenMemory);
        Assert.Equal((int)(StoredShow.Seconds * 48000), decoded.Length);
        return decoded;
    }

    private static int TagLength(byte[] bytes) => 10 + (bytes[6] << 21) + (bytes[7] << 14) + (bytes[8] << 7) + bytes[9];

    private static Span<byte> Data(byte[] wav) =>
        wav.AsSpan(44, System.Buffers.Binary.BinaryPrimitives.ReadInt32LittleEndian(wav.AsSpan(40)));

    private static string Tenths(double seconds) => $"{Math.Floor(seconds * 10) / 10:0.0}";

    private static async Task<ProbedStream> Probe(byte[] bytes) => await Ffmpeg.Probe(bytes);

    private static void AssertSame(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        var worst = 0f;
        for (var i = 0; i < expected.Length; i++)
        {
            worst = Math.Max(worst, Math.Abs(expected[i] - actual[i]));
        }

        Assert.True(worst < 2 / 32768f, $"the sound differs by {worst * 32768:0.0} of 32768");
    }
}
