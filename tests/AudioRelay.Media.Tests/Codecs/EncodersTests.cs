using System.Buffers;
using AudioRelay.Media.Codecs;
using AudioRelay.Media.Codecs.VoAac;
using AudioRelay.Media.Containers.Ogg;
using AudioRelay.Media.Containers.Opus;
using AudioRelay.Media.Framing;
using AudioRelay.TestKit.Fixtures;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.Media.Tests.Codecs;

public sealed class EncodersTests
{
    private static readonly CodecCatalog Codecs = new([]);

    public enum Kind
    {
        Opus,
        Aac,
        Pcm,
    }

    [Theory]
    [InlineData(Kind.Opus)]
    [InlineData(Kind.Aac)]
    [InlineData(Kind.Pcm)]
    public void Packets_are_delay_and_sound_and_padding_for_every_length(Kind kind)
    {
        foreach (var length in new[] { 1, 311, 648, 649, 960, 1024, 2048, 4321, 9600 })
        {
            using var encoder = Open(kind);
            var (packets, padding) = PacketList.Of(encoder, Signals.Music(encoder.SampleRate, length), 500);

            Assert.Equal(encoder.Delay + length + padding, packets.Samples);
            Assert.InRange(padding, 0, encoder.FrameSamples - 1);
        }
    }

    [Theory]
    [InlineData(Kind.Opus)]
    [InlineData(Kind.Aac)]
    [InlineData(Kind.Pcm)]
    public void However_the_sound_is_cut_the_same_bytes_come_out(Kind kind)
    {
        var sound = Signals.Music(48000, 12_345);
        using var first = Open(kind);
        var whole = PacketList.Of(first, sound, sound.Length);
        foreach (var chunk in new[] { 1, 37, 480, 960, 1024, 1152, 5000 })
        {
            using var encoder = Open(kind);
            var pieces = PacketList.Of(encoder, sound, chunk);

            Assert.Equal(whole.Padding, pieces.Padding);
            Assert.Equal(whole.Packets.Joined, pieces.Packets.Joined);
        }
    }

    [Theory]
    [InlineData(Kind.Opus)]
    [InlineData(Kind.Aac)]
    [InlineData(Kind.Pcm)]
    public void Without_sound_there_are_no_packets(Kind kind)
    {
        using var encoder = Open(kind);
        var packets = new PacketList();

        Assert.Equal(0, encoder.Flush(packets));
        Assert.Empty(packets.Packets);
    }

    [Fact]
    public void After_the_end_nothing_more_is_taken()
    {
        using var encoder = Codecs.OpenOpusEncoder();
        var packets = new PacketList();
        encoder.Encode(new float[100], packets);
        encoder.Flush(packets);

        Assert.Throws<InvalidOperationException>(() => encoder.Encode(new float[1], packets));
    }

    [Fact]
    public async Task Opus_decodes_to_exactly_what_was_fed_at_its_place()
    {
        var sound = Signals.Music(48000, 100_001);
        using var encoder = Codecs.OpenOpusEncoder(bitrate: 64000);
        var (packets, padding) = PacketList.Of(encoder, sound, 1254);
        var decoded = await DecodeOggAsync(packets, encoder.Delay, padding);

        Assert.Equal(312, encoder.Delay);
        Assert.Equal(sound.Length, decoded.Length);
        var (lag, likeness) = Signals.Align(sound, decoded, 50);
        Assert.Equal(0, lag);
        Assert.InRange(likeness, 0.99, 1);
    }

    [Fact]
    public async Task The_delay_that_Opus_declares_is_the_one_it_has()
    {
        var sound = Signals.Music(48000, 48_000);
        using var encoder = Codecs.OpenOpusEncoder(bitrate: 64000);
        var (packets, _) = PacketList.Of(encoder, sound, 960);
        var decoded = await DecodeOggAsync(packets, preSkip: 0, padding: 0);

        Assert.Equal(packets.Samples, decoded.Length);
        Assert.Equal(encoder.Delay, Signals.Align(sound, decoded, 400).Lag);
    }

    [Fact]
    public void Each_Opus_packet_is_20_ms_and_mono()
    {
        using var encoder = Codecs.OpenOpusEncoder();
        var (packets, _) = PacketList.Of(encoder, Signals.Music(48000, 48_000), 960);

        Assert.All(packets.Packets, packet => Assert.Equal(960, OpusPacket.Samples(packet)));
        Assert.All(packets.Packets, packet => Assert.Equal(0, packet[0] & 4));
        Assert.InRange(packets.Bytes * 8, 10_000, 22_000);
    }

    [Theory]
    [InlineData(7, 0)]
    [InlineData(11, 16000)]
    public void A_complexity_or_bitrate_that_Opus_does_not_know_is_refused(int complexity, int bitrate) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Codecs.OpenOpusEncoder(bitrate, complexity));

    [Fact]
    public async Task A_burst_of_wild_samples_does_not_disturb_what_follows()
    {
        var sound = Signals.Music(48000, 96_000);
        var wild = sound.ToArray();
        for (var i = 20_000; i < 21_000; i++)
            wild[i] = i % 3 == 0 ? float.NaN : 50 * MathF.Sign(sound[i]);
        using var encoder = Codecs.OpenOpusEncoder(bitrate: 64000);
        var (packets, padding) = PacketList.Of(encoder, wild, 960);
        var decoded = await DecodeOggAsync(packets, encoder.Delay, padding);

        Assert.InRange(Signals.Correlation(sound.AsSpan(30_000, 60_000), decoded.AsSpan(30_000, 60_000)), 0.98, 1);
    }

    [Fact]
    public async Task The_delay_that_the_AAC_encoder_declares_is_the_one_it_has()
    {
        var sound = Signals.Music(16000, 48_000);
        using var encoder = Codecs.OpenAacEncoder();
        var (packets, padding) = PacketList.Of(encoder, sound, 333);
        var decoded = await Ffmpeg.Decode(packets.Joined, inputArguments: ["-f", "aac"], token: TestContext.Current.CancellationToken);

        Assert.Equal(packets.Samples, decoded.Length);
        var (lag, likeness) = Signals.Align(sound, decoded, 2000);
        Assert.Equal((1600, 1600), (encoder.Delay, lag));
        Assert.InRange(likeness, 0.98, 1);
        Assert.InRange(padding, 0, 1023);
    }

    [Fact]
    public void AAC_packets_are_whole_ADTS_frames_at_the_bitrate_that_was_asked_for()
    {
        using var encoder = Codecs.OpenAacEncoder(bitrate: 32000);
        var (packets, _) = PacketList.Of(encoder, Signals.Music(16000, 16_000 * 10), 1024);
        var (frames, format) = FrameList.Of(packets.Joined);

        Assert.Equal(new FrameFormat(SourceCodec.Aac, format.Variant, 16000, 1, 1024), format);
        Assert.Equal(packets.Packets, frames);
        Assert.InRange(packets.Bytes * 8 / 10, 29_000, 35_000);
    }

    [Theory]
    [InlineData(128_000, 16_000, 96_000)]
    [InlineData(500_000, 48_000, 160_000)]
    [InlineData(32_000, 16_000, 32_000)]
    public void A_bitrate_that_AAC_would_quietly_turn_into_a_low_one_is_bounded(int asked, int rate, int taken)
    {
        Assert.Equal(taken, VoAacEncoder.Bounded(asked, rate));

        using var encoder = Codecs.OpenAacEncoder(asked, rate);
        var (packets, _) = PacketList.Of(encoder, Signals.Music(rate, rate * 4), 1024);
        Assert.InRange(packets.Bytes * 8 / 4.0, taken * 0.85, taken * 1.15);
    }

    [Fact]
    public void Every_s16_value_survives_PCM_unchanged()
    {
        var values = Enumerable.Range(short.MinValue, 65_536).Select(value => (short)value).ToArray();
        using var encoder = CodecCatalog.OpenWavEncoder(44100);
        var (packets, _) = PacketList.Of(encoder, [.. values.Select(value => value / 32768f)], 5_000);

        Assert.Equal(values.SelectMany(BitConverter.GetBytes), packets.Joined);
    }

    [Fact]
    public async Task An_MP3_decoded_by_libavcodec_becomes_the_same_s16_as_with_ffmpeg()
    {
        var fixture = SoundFixture.Mp3Mono48;
        using var decoder = Codecs.OpenDecoder(SourceCodec.Mp3, DecoderChoice.Libavcodec);
        using var encoder = CodecCatalog.OpenWavEncoder(48000);
        var packets = new PacketList();
        foreach (var frame in fixture.Frames)
            encoder.Encode(decoder.Decode(frame).Interleaved, packets);
        string[] arguments = ["-f", "mp3", "-i", "pipe:0", "-c:a", "pcm_s16le", "-f", "s16le", "pipe:1"];
        var truth = await Ffmpeg.Run(arguments, fixture.Bytes, token: TestContext.Current.CancellationToken);

        Assert.Equal(truth, packets.Joined);
    }

    [Theory]
    [InlineData(0f, 0)]
    [InlineData(1f, 32767)]
    [InlineData(7f, 32767)]
    [InlineData(-1f, -32768)]
    [InlineData(float.NegativeInfinity, -32768)]
    [InlineData(float.NaN, 0)]
    [InlineData(1.5f / 32768, 2)]
    [InlineData(2.5f / 32768, 2)]
    [InlineData(-0.6f / 32768, -1)]
    public void PCM_rounds_to_the_nearest_and_stays_in_range(float sample, short expected)
    {
        // As many as fill vectors, and some more: both ways of computing give the same.
        using var encoder = CodecCatalog.OpenWavEncoder(8000);
        var (packets, _) = PacketList.Of(encoder, [.. Enumerable.Repeat(sample, 35)], 35);

        Assert.Equal(Enumerable.Repeat(expected, 35).SelectMany(BitConverter.GetBytes), packets.Joined);
    }

    private static IAudioEncoder Open(Kind kind) =>
        kind switch
        {
            Kind.Opus => Codecs.OpenOpusEncoder(),
            Kind.Aac => Codecs.OpenAacEncoder(),
            _ => CodecCatalog.OpenWavEncoder(44100),
        };

    private static Task<float[]> DecodeOggAsync(PacketList packets, int preSkip, int padding)
    {
        var file = new ArrayBufferWriter<byte>();
        var ogg = new OggOpusWriter(file, new OggOpusHeader(preSkip, 1));
        foreach (var packet in packets.Packets)
            ogg.WritePacket(packet);
        ogg.Finish(padding);
        return Ffmpeg.Decode(file.WrittenMemory, token: TestContext.Current.CancellationToken);
    }
}
