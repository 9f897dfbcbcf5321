using System.Runtime.InteropServices;
using AudioRelay.Media.Codecs;
using AudioRelay.Media.Framing;
using AudioRelay.TestKit.Fixtures;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.Media.Tests.Codecs;

public sealed class DecodersTests
{
    private static readonly CodecCatalog Codecs = new([]);

    // Where a stream leaves noise to the decoder (PNS in the LC fixture, SBR), two decoders differ and neither is wrong.
    public static TheoryData<string, double> Sounds { get; } =
        new()
        {
            { SoundFixture.Mp3.Name, 115 },
            { SoundFixture.Mp3Mono48.Name, 115 },
            { SoundFixture.Mp3Scanner.Name, 110 },
            { SoundFixture.AacLc.Name, 15 },
            { SoundFixture.HeAac.Name, 40 },
            { SoundFixture.HeAacV2.Name, 40 },
        };

    [Theory]
    [MemberData(nameof(Sounds))]
    public async Task The_small_decoders_give_what_ffmpeg_gives_at_the_same_places(string name, double decibels)
    {
        var fixture = SoundFixture.All.Single(f => f.Name == name);
        using var decoder = Codecs.OpenDecoder(fixture.Format.Codec, DecoderChoice.Small, mono: false);
        var sound = DecodedSound.Of(decoder, fixture.Frames);
        var truth = await FfmpegDecodeAsync(fixture.Format.Codec, fixture.Bytes, sound.Frames[^1].Channels);

        Assert.Equal(truth.Length, sound.Samples.Count);
        Assert.InRange(Snr(truth, sound), decibels, 200);
        Assert.Equal(0, decoder.BadFrames);
    }

    [Theory]
    [MemberData(nameof(Sounds))]
    public async Task Libavcodec_gives_exactly_what_ffmpeg_gives(string name, double decibels)
    {
        _ = decibels;
        var fixture = SoundFixture.All.Single(f => f.Name == name);
        using var decoder = Codecs.OpenDecoder(fixture.Format.Codec, DecoderChoice.Libavcodec, mono: false);
        var sound = DecodedSound.Of(decoder, fixture.Frames);
        var truth = await FfmpegDecodeAsync(fixture.Format.Codec, fixture.Bytes, sound.Frames[^1].Channels);

        Assert.Equal(truth, sound.Samples);
    }

    [Fact]
    public async Task Faad_decodes_plain_AAC_LC_as_exactly_as_float_arithmetic_allows()
    {
        var source = MemoryMarshal.AsBytes<float>(Signals.Music(44100, 2 * 44100)).ToArray();
        string[] encode =
        [
            "-f",
            "f32le",
            "-ar",
            "44100",
            "-ac",
            "1",
            "-i",
            "pipe:0",
            "-c:a",
            "aac",
            "-aac_pns",
            "0",
            "-b:a",
            "128k",
            "-f",
            "adts",
        ];
        var bytes = await Ffmpeg.Run([.. encode, "pipe:1"], source, token: TestContext.Current.CancellationToken);
        var (frames, _) = FrameList.Of(bytes);
        using var decoder = Codecs.OpenDecoder(SourceCodec.Aac, DecoderChoice.Small);
        var mix = new MonoMix();
        List<float> sound = [];
        foreach (var frame in frames)
            sound.AddRange(mix.Mix(decoder.Decode(frame)));
        var truth = await FfmpegDecodeAsync(SourceCodec.Aac, bytes, channels: 1);

        Assert.Equal(truth.Length, sound.Count);
        // faad leaves its first frame out, which the guard filled with silence.
        Assert.InRange(Signals.Snr(truth.AsSpan(2048), CollectionsMarshal.AsSpan(sound)[2048..]), 120, 200);
    }

    [Theory]
    [InlineData(DecoderChoice.Small)]
    [InlineData(DecoderChoice.Libavcodec)]
    public void HE_AAC_comes_out_in_full_band_at_twice_its_core_rate(DecoderChoice choice)
    {
        foreach (var fixture in new[] { SoundFixture.HeAac, SoundFixture.HeAacV2 })
        {
            using var decoder = Codecs.OpenDecoder(SourceCodec.Aac, choice, mono: false);
            var sound = DecodedSound.Of(decoder, fixture.Frames);

            Assert.Equal(22050, fixture.Format.SampleRate);
            Assert.Equal((44100, 2, 2048), sound.Frames[^1]);
            Assert.Equal(fixture.Frames.Count * 2048 * 2, sound.Samples.Count);
        }
    }

    [Theory]
    [InlineData(DecoderChoice.Small)]
    [InlineData(DecoderChoice.Libavcodec)]
    public async Task Plain_AAC_LC_at_a_low_rate_stays_at_that_rate(DecoderChoice choice)
    {
        var source = MemoryMarshal.AsBytes<float>(Signals.Music(22050, 22050)).ToArray();
        string[] encode = ["-f", "f32le", "-ar", "22050", "-ac", "1", "-i", "pipe:0", "-c:a", "aac", "-f", "adts"];
        var (frames, format) = FrameList.Of(await Ffmpeg.Run([.. encode, "pipe:1"], source, token: TestContext.Current.CancellationToken));
        using var decoder = Codecs.OpenDecoder(SourceCodec.Aac, choice);
        var sound = DecodedSound.Of(decoder, frames);

        Assert.Equal(22050, format.SampleRate);
        // faad gives mono as two equal channels, because parametric stereo might still come.
        Assert.All(sound.Frames.Skip(2), frame => Assert.Equal((22050, 1024), (frame.Rate, frame.Samples)));
    }

    [Theory]
    [InlineData(DecoderChoice.Small)]
    [InlineData(DecoderChoice.Libavcodec)]
    public void A_change_of_rate_and_channels_in_mid_stream_is_followed_and_keeps_time(DecoderChoice choice)
    {
        FollowsChanges(choice, SourceCodec.Mp3, [SoundFixture.Mp3, SoundFixture.Mp3Mono48, SoundFixture.Mp3Scanner, SoundFixture.Mp3]);
        FollowsChanges(choice, SourceCodec.Aac, [SoundFixture.AacLc, SoundFixture.HeAacV2, SoundFixture.AacLc, SoundFixture.HeAac]);
    }

    [Theory]
    [InlineData(SourceCodec.Mp3, DecoderChoice.Small)]
    [InlineData(SourceCodec.Mp3, DecoderChoice.Libavcodec)]
    [InlineData(SourceCodec.Aac, DecoderChoice.Small)]
    [InlineData(SourceCodec.Aac, DecoderChoice.Libavcodec)]
    public void Mono_is_the_mean_of_left_and_right_whoever_mixes_it(SourceCodec codec, DecoderChoice choice)
    {
        var fixture = codec == SourceCodec.Mp3 ? SoundFixture.Mp3 : SoundFixture.AacLc;
        using var stereo = Codecs.OpenDecoder(codec, choice, mono: false);
        using var mono = Codecs.OpenDecoder(codec, choice, mono: true);
        var mix = new MonoMix();
        List<float> mixedHere = [];
        List<float> mixedThere = [];
        foreach (var frame in fixture.Frames.Take(100))
        {
            mixedThere.AddRange(mix.Mix(mono.Decode(frame)));
            var audio = stereo.Decode(frame);
            for (var i = 0; i < audio.Samples; i++)
                mixedHere.Add((audio.Interleaved[2 * i] + audio.Interleaved[(2 * i) + 1]) / 2);
        }

        Assert.Equal(mixedHere.Count, mixedThere.Count);
        Assert.InRange(Signals.Snr([.. mixedHere], [.. mixedThere]), 100, double.PositiveInfinity);
    }

    private static void FollowsChanges(DecoderChoice choice, SourceCodec codec, SoundFixture[] sounds)
    {
        using var decoder = Codecs.OpenDecoder(codec, choice, mono: false);
        foreach (var fixture in sounds)
        {
            var sound = DecodedSound.Of(decoder, fixture.Frames);
            using var alone = Codecs.OpenDecoder(codec, choice, mono: false);
            var expected = DecodedSound.Of(alone, fixture.Frames);

            var wrong = sound.Frames.Zip(expected.Frames).Count(pair => pair.First != pair.Second);
            Assert.True(wrong <= 3, $"{fixture} after a change: {wrong} frames of another shape");
            Assert.Equal(expected.Frames[^1], sound.Frames[^1]);
        }
    }

    private static Task<float[]> FfmpegDecodeAsync(SourceCodec codec, byte[] bytes, int channels) =>
        Ffmpeg.Decode(
            bytes,
            channels: channels,
            inputArguments: ["-f", codec == SourceCodec.Mp3 ? "mp3" : "aac"],
            token: TestContext.Current.CancellationToken
        );

    // Past the beginning, where a decoder may leave the first frame out.
    private static double Snr(float[] truth, DecodedSound sound) =>
        Signals.Snr(truth.AsSpan(8192), CollectionsMarshal.AsSpan(sound.Samples)[8192..]);
}
