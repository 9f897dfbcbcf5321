using System.Buffers;
using System.Runtime.InteropServices;
using AudioRelay.Media.Containers.Flac;
using AudioRelay.Media.Containers.Mp4;
using AudioRelay.Media.Tests.Containers.Mp4;

namespace AudioRelay.Media.Tests.Containers.Flac;

public sealed class FlacTests
{
    public static TheoryData<string, int, int> Sounds =>
        new()
        {
            { "music", 44100, 1 },
            { "music", 48000, 2 },
            { "music", 22050, 1 },
            { "noise", 16000, 1 },
            { "silence", 44100, 1 },
            { "extremes", 11025, 1 },
            { "speech", 12345, 1 },
            { "ramp", 8000, 2 },
            { "music", 96000, 1 },
            { "extremes", 88200, 2 },
        };

    [Theory]
    [MemberData(nameof(Sounds))]
    public async Task Pieces_encoded_alone_and_joined_decode_to_every_bit_of_the_input(string kind, int rate, int channels)
    {
        var random = new Random(rate + channels);
        var pcm = Sound(kind, rate, channels, random);
        var output = new ArrayBufferWriter<byte>();
        FlacStream.WriteHead(output, rate, channels);
        var at = 0;
        while (at < pcm.Length)
        {
            var piece = Math.Min(random.Next(16, 30_000) * channels, pcm.Length - at);
            FlacStream.WriteFrames(output, MemoryMarshal.AsBytes(pcm.AsSpan(at, piece)), rate, channels, at / channels);
            at += piece;
        }

        var decoded = await Judge.DecodeAsync(output.WrittenSpan.ToArray(), "flac");

        Assert.Equal(pcm.Length, decoded.Length);
        Assert.True(pcm.AsSpan().SequenceEqual(decoded), "the samples differ");
    }

    [Theory]
    [InlineData(44100, 1)]
    [InlineData(16000, 1)]
    [InlineData(48000, 2)]
    public async Task In_fragments_it_is_bit_exact_too_and_every_packet_stands_at_its_sample(int rate, int channels)
    {
        var random = new Random(5);
        var pcm = Sound("music", rate, channels, random);
        var output = new ArrayBufferWriter<byte>();
        output.Write(InitSegment.ForFlac(rate, channels));
        var (at, sequence) = (0, 1u);
        while (at < pcm.Length)
        {
            var piece = Math.Min(random.Next(rate / 2, 2 * rate) * channels, pcm.Length - at);
            MediaSegment.WriteFlac(output, sequence++, at / channels, MemoryMarshal.AsBytes(pcm.AsSpan(at, piece)), rate, channels);
            at += piece;
        }

        var decoded = await Judge.DecodeAsync(output.WrittenSpan.ToArray(), "mp4");
        var packets = await Judge.PacketsAsync(output.WrittenSpan.ToArray(), "mp4");

        Assert.True(pcm.AsSpan().SequenceEqual(decoded), "the samples differ");
        var time = 0L;
        var expected = new List<long>();
        foreach (
            var trun in Mp4Box.ParseAll(output.WrittenSpan.ToArray()).Where(b => b.Type == "moof").Select(b => b.Children.At("traf/trun"))
        )
        {
            for (var i = 0; i < trun.U32(4); i++)
            {
                expected.Add(time);
                time += trun.U32(12 + (8 * i));
            }
        }

        Assert.Equal(pcm.Length / channels, time);
        Assert.Equal(expected, packets.Select(p => p.Pts));
    }

    [Fact]
    public void F4_The_timescale_is_the_sample_rate_and_the_stream_info_is_in_the_init_segment()
    {
        var init = Mp4Box.ParseAll(InitSegment.ForFlac(44100));
        Assert.Equal(44100u, init.At("moov/trak/mdia/mdhd").U32(20));
        var entry = Mp4Box.ParseAll(init.At("moov/trak/mdia/minf/stbl/stsd").Body[8..]).Single();
        Assert.Equal("fLaC", entry.Type);
        Assert.Equal(44100u << 16, entry.U32(24));
        var dfla = Mp4Box.ParseAll(entry.Body[28..]).Single();
        Assert.Equal("dfLa", dfla.Type);
        Assert.Equal([0, 0, 0, 0, 0x80, 0, 0, 34], dfla.Body[..8]);
        Assert.Equal(42, dfla.Body.Length);
    }

    [Theory]
    [InlineData(7L * 86400 * 48000)]
    [InlineData((1L << 31) - 10_000)]
    [InlineData((1L << 36) - 10_000)]
    public async Task F8_A_segment_after_days_decodes_although_ffmpeg_knows_frame_numbers_of_31_bits_only(long decodeTime)
    {
        var pcm = Sound("music", 48000, 1, new Random(1));
        var output = new ArrayBufferWriter<byte>();
        output.Write(InitSegment.ForFlac(48000));
        MediaSegment.WriteFlac(output, 1, decodeTime, MemoryMarshal.AsBytes(pcm.AsSpan()), 48000);

        var bytes = output.WrittenSpan.ToArray();

        Assert.Equal(decodeTime, Mp4Box.ParseAll(bytes).At("moof/traf/tfdt").I64(4));
        Assert.Equal(pcm, await Judge.DecodeAsync(bytes, "mp4"));
    }

    [Fact]
    public void F8_A_sample_number_of_36_bits_is_written_whole_into_a_file()
    {
        const long week = 7L * 86400 * 48000;
        var output = new ArrayBufferWriter<byte>();
        FlacStream.WriteFrames(output, MemoryMarshal.AsBytes(Sound("music", 48000, 1, new Random(1)).AsSpan(0, 4096)), 48000, 1, week);
        Assert.Equal([0xFF, 0xF9], output.WrittenSpan[..2].ToArray());
        Assert.Equal(0xFE, output.WrittenSpan[4]); // this lead byte and six more
        Assert.Equal(week, output.WrittenSpan[5..11].ToArray().Aggregate(0L, (number, b) => (number << 6) | (b & 0x3Fu)));
    }

    [Fact]
    public void Sound_shrinks_silence_nearly_vanishes_and_noise_costs_no_more_than_its_bytes_and_a_head()
    {
        Assert.InRange(Ratio("music"), 0.2, 0.75);
        Assert.InRange(Ratio("silence"), 0, 0.01);
        Assert.InRange(Ratio("noise"), 0.9, 1.005);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(4111)]
    [InlineData(8195)]
    public async Task Any_length_comes_back(int samples)
    {
        var pcm = Sound("music", 16000, 1, new Random(9))[..samples];
        var output = new ArrayBufferWriter<byte>();
        FlacStream.WriteHead(output, 16000, 1, samples);
        FlacStream.WriteFrames(output, MemoryMarshal.AsBytes(pcm.AsSpan()), 16000, 1, 0);
        Assert.Equal(pcm, await Judge.DecodeAsync(output.WrittenSpan.ToArray(), "flac"));
    }

    private static double Ratio(string kind)
    {
        var pcm = Sound(kind, 16000, 1, new Random(4));
        var output = new ArrayBufferWriter<byte>();
        FlacStream.WriteFrames(output, MemoryMarshal.AsBytes(pcm.AsSpan()), 16000, 1, 0);
        return output.WrittenCount / (pcm.Length * 2.0);
    }

    private static short[] Sound(string kind, int rate, int channels, Random random)
    {
        var pcm = new short[rate * 3 * channels];
        for (var i = 0; i < pcm.Length; i++)
        {
            var t = (double)(i / channels) / rate;
            pcm[i] = kind switch
            {
                "music" => (short)(
                    (8000 * Math.Sin(2 * Math.PI * 440 * t)) + (3000 * Math.Sin(2 * Math.PI * 1234 * t)) + random.Next(-60, 60)
                ),
                "speech" => (short)(6000 * Math.Sin(2 * Math.PI * 150 * t) * Math.Max(0, Math.Sin(2 * Math.PI * 3 * t))),
                "noise" => (short)random.Next(short.MinValue, short.MaxValue + 1),
                "extremes" => random.Next(2) == 0 ? short.MinValue : short.MaxValue,
                "ramp" => (short)(i % 30_000),
                _ => 0,
            };
        }

        return pcm;
    }
}
