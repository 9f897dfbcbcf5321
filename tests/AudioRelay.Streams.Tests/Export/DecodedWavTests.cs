using System.Buffers.Binary;
using AudioRelay.Media.Codecs;
using AudioRelay.Storage.Timeline;
using AudioRelay.Streams.Export;
using AudioRelay.TestKit.Fixtures;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.Streams.Tests.Export;

/// <summary>WAV of what is stored compressed: ffmpeg, from the stored form, is the judge of the sound, and arithmetic of its length.</summary>
public sealed class DecodedWavTests
{
    private static ExportRange All => new ExportRange.Times(new UtcRange(StoredShow.StartUs - 1, StoredShow.StartUs + 36_000_000_000));

    public static TheoryData<string> Copied =>
        ["mix-128k.mp3", "mix-64k-48000-mono.mp3", "mix-96k-lc.aac", "mix-48k-he.aac", "mix-32k-hev2.aac"];

    [Theory]
    [InlineData("opus")]
    [InlineData("aac")]
    [InlineData("mp3")]
    [InlineData("wav")]
    public async Task Whole_sections_and_any_range_have_exactly_their_samples_and_their_sound(string codec)
    {
        using var show = await StoredShow.CreateAsync(codec);
        var whole = await Sound(await show.ExportAsync(new ExportRange.Section(show.Sections[2].Id), "wav"));
        Assert.Equal(show.Sections[2].Samples, whole.Length);
        await AssertLike(
            await show.ExportAsync(new ExportRange.Section(show.Sections[2].Id), codec == "aac" ? "m4a" : "stored"),
            whole,
            Judge(codec)
        );

        var random = new Random(30);
        for (var i = 0; i < 6; i++)
        {
            var from = random.Next(0, 28 * show.Rate);
            var until = random.Next(from + show.Rate, 32 * show.Rate);
            var (bytes, file) = await show.ExportAsync(show.Clip(from, until), "wav");
            var clip = await Sound((bytes, file));
            Assert.Equal(file.Duration.TotalSeconds * show.Rate, clip.Length, 0.1);
            Assert.InRange(clip.Length - (until - from), -2, 2); // a clip's ends are whole µs
            Assert.InRange(BestLikeness(whole.AsSpan(Math.Max(0, from - 2)), clip), 0.999, 1.001);
        }
    }

    [Theory]
    [MemberData(nameof(Copied))]
    public async Task What_a_station_sent_is_decoded_in_its_full_band_and_with_its_channels(string name)
    {
        var fixture = SoundFixture.All.Single(f => f.Name == name);
        using var show = new CopiedShow();
        var id = show.Add(fixture.Frames, fixture.Format);
        var stored = await show.ExportAsync(new ExportRange.Section(id), "original");
        var reference = await Ffmpeg.Decode(fixture.Bytes);
        var probe = await Ffmpeg.Probe(fixture.Bytes);

        var (bytes, file) = await show.ExportAsync(new ExportRange.Section(id), "wav");
        var wav = await Ffmpeg.Probe(bytes);
        Assert.Equal((probe.SampleRate, probe.Channels), (wav.SampleRate, wav.Channels));
        var samples = fixture.Frames.Count * fixture.Format.SamplesPerFrame * (long)wav.SampleRate / fixture.Format.SampleRate;
        var sound = await Ffmpeg.Decode(bytes);
        Assert.Equal(samples * wav.Channels, sound.Length);
        Assert.Equal(fixture.Duration.TotalSeconds, file.Duration.TotalSeconds, 4);
        Assert.InRange(Likeness.Of(reference, sound), 0.99, 1.001);
        Assert.Equal(fixture.Bytes, stored.Bytes[^fixture.Bytes.Length..]);
    }

    [Theory]
    [InlineData("opus")]
    [InlineData("aac")]
    [InlineData("mp3")]
    [InlineData("wav")]
    public async Task For_speech_to_text_it_is_16_kHz_mono_and_sounds_as_ffmpeg_would_make_it(string codec)
    {
        using var show = await StoredShow.CreateAsync(codec);
        var section = new ExportRange.Section(show.Sections[2].Id);
        var reference = await Ffmpeg.Decode(
            (await show.ExportAsync(section, codec == "aac" ? "m4a" : "stored")).Bytes,
            rate: 16_000,
            channels: 1,
            Judge(codec)
        );
        var (bytes, file) = await show.ExportAsync(section, "wav16k");
        var probe = await Ffmpeg.Probe(bytes);
        var sound = await Ffmpeg.Decode(bytes);
        Assert.Equal((16_000, 1), (probe.SampleRate, probe.Channels));
        Assert.Equal(Math.Ceiling(show.Sections[2].Samples * 16_000.0 / show.Rate), sound.Length);
        Assert.InRange(Likeness.Of(reference, sound), 0.99, 1.001);
        Assert.EndsWith(".wav", file.Name, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Copied))]
    public async Task For_speech_to_text_every_station_s_sound_sounds_as_ffmpeg_would_make_it(string name)
    {
        var fixture = SoundFixture.All.Single(f => f.Name == name);
        using var show = new CopiedShow();
        var id = show.Add(fixture.Frames, fixture.Format);
        var reference = await Ffmpeg.Decode(fixture.Bytes, rate: 16_000, channels: 1);
        var sound = await Ffmpeg.Decode((await show.ExportAsync(new ExportRange.Section(id), "wav16k")).Bytes);
        Assert.InRange(Likeness.Of(reference, sound), 0.99, 1.001);
    }

    [Fact]
    public async Task Sections_that_follow_in_a_chain_are_one_sound_without_a_seam()
    {
        using var show = await StoredShow.CreateAsync("opus");
        var whole = await Sound(await show.ExportAsync(new ExportRange.Section(show.Sections[2].Id), "wav"));
        var both = await Sound(await show.ExportAsync(show.Clip(0, show.Sections[2].Samples), "wav"));
        Assert.Equal(whole, both);
    }

    [Fact]
    public async Task Sections_of_different_kinds_are_one_file_when_they_are_decoded()
    {
        using var show = new CopiedShow();
        foreach (var fixture in SoundFixture.All)
        {
            show.Add(fixture.Frames, fixture.Format);
        }

        foreach (var (format, rate, channels) in new[] { ("wav", 44_100, 2), ("wav16k", 16_000, 1) })
        {
            var (bytes, file) = await show.ExportAsync(All, format);
            var probe = await Ffmpeg.Probe(bytes);
            Assert.Equal((rate, channels), (probe.SampleRate, probe.Channels));
            var seconds = SoundFixture.All.Sum(f => f.Duration.TotalSeconds);
            Assert.Equal(seconds, file.Duration.TotalSeconds, 0.001);
            Assert.Equal(seconds, probe.Duration!.Value, 0.001);
        }
    }

    [Fact]
    public async Task What_is_still_recorded_is_exported_as_far_as_it_has_come_when_it_is_asked_for()
    {
        var fixture = SoundFixture.AacLc;
        using var show = new CopiedShow();
        var id = show.Add(fixture.Frames.Take(100), fixture.Format, close: false);
        var answer = await Exporter.PrepareAsync(
            show.Reader,
            new ExportRange.Section(id),
            "wav",
            StoredShow.Codecs,
            TestContext.Current.CancellationToken
        );
        show.Grow(id, 100 * 1024, fixture.Frames.Skip(100), fixture.Format);
        var bytes = await StoredShow.WriteAsync(answer.File!);
        Assert.Equal(answer.File!.Length, bytes.Length);
        Assert.Equal(100 * 1024 * 4, BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(40)));
    }

    [Fact]
    public async Task A_packet_that_no_decoder_takes_is_silence_and_a_segment_that_is_none_ends_the_file()
    {
        var fixture = SoundFixture.AacLc;
        using var show = new CopiedShow();
        var random = new Random(5);
        var frames = fixture.Frames.Select(f => f.ToArray()).ToList();
        random.NextBytes(frames[60].AsSpan(7));
        var (bytes, _) = await show.ExportAsync(new ExportRange.Section(show.Add(frames, fixture.Format)), "wav");
        Assert.Equal(frames.Count * 1024 * 4, BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(40)));

        frames[60][0] = 0;
        var broken = new ExportRange.Section(show.Add(frames, fixture.Format));
        await Assert.ThrowsAsync<InvalidDataException>(() => show.ExportAsync(broken, "wav"));
        await Assert.ThrowsAsync<InvalidDataException>(() => show.ExportAsync(broken, "wav16k"));
    }

    [Fact]
    public async Task Without_a_decoder_it_is_refused_with_the_package_that_is_missing()
    {
        using var show = await StoredShow.CreateAsync("opus");
        var answer = await Exporter.PrepareAsync(
            show.Reader,
            new ExportRange.Section(show.Sections[0].Id),
            "wav16k",
            new CodecCatalog([CodecLibrary.Opus]),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(ExportRefusalCause.CannotDecode, answer.Refusal?.Cause);
        Assert.Contains("libopus", answer.Refusal!.Detail, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<float[]> Sound((byte[] Bytes, ExportFile File) export)
    {
        var bytes = export.Bytes;
        Assert.Equal(bytes.Length - 8, BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4)));
        return await Ffmpeg.Decode(bytes);
    }

    // ffmpeg's own Opus decoder wanders from the reference implementation after some seconds of this signal (opusdec and libopus agree).
    private static string[] Judge(string codec) => codec == "opus" ? ["-c:a", "libopus"] : [];

    private static async Task AssertLike((byte[] Bytes, ExportFile File) stored, float[] sound, string[] judge)
    {
        var reference = await Ffmpeg.Decode(stored.Bytes, inputArguments: judge);
        Assert.InRange(reference.Length - sound.Length, 0, 1152);
        Assert.InRange(Likeness.Of(reference, sound), 0.999, 1.001);
    }

    // The ends of a clip are whole microseconds: it may begin a sample or two beside.
    private static double BestLikeness(ReadOnlySpan<float> whole, ReadOnlySpan<float> clip)
    {
        var best = 0.0;
        for (var shift = 0; shift <= 4; shift++)
        {
            best = Math.Max(best, Likeness.Of(whole[shift..], clip));
        }

        return best;
    }
}
