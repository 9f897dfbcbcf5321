using System.Buffers;
using AudioRelay.Media.Containers.Mp4;
using AudioRelay.Media.Containers.Opus;
using AudioRelay.TestKit.Fuzzing;

namespace AudioRelay.Media.Tests.Containers.Mp4;

public sealed class OpusMediaSegmentTests(OpusSource source) : IClassFixture<OpusSource>
{
    public static TheoryData<int> SplitSeconds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(SplitSeconds))]
    public async Task F6_O8_Init_and_all_segments_decode_to_the_very_samples_of_the_unsplit_encode(int seconds)
    {
        var file = Join(seconds * 50, source.Padding);

        var decoded = await Judge.DecodeAsync(file, "mp4");

        // ffmpeg plays the last packet of a fragmented file whole: what is more is the padding, which the packet's duration declares.
        Assert.Equal(source.Decoded.Length + source.Padding, decoded.Length);
        Assert.True(source.Decoded.AsSpan().SequenceEqual(decoded.AsSpan(0, source.Decoded.Length)), "the samples differ");
    }

    [Fact]
    public async Task F7_F2_An_independent_reader_sees_every_packet_at_its_place()
    {
        var random = new Random(7);
        var file = Join(() => random.Next(1, 400), source.Padding);
#pragma warning disable
        await File.WriteAllBytesAsync("/tmp/x.mp4", file);

        var packets = await Judge.PacketsAsync(file, "mp4");

        Assert.Equal(source.Packets.Count, packets.Count);
        var time = packets[0].Pts;
        foreach (var (packet, expected) in packets.Zip(source.Packets))
        {
            Assert.Equal(time, packet.Pts);
            Assert.Equal(expected.Length, packet.Size);
            Assert.Equal('K', packet.Flags[0]);
            time += OpusPacket.Samples(expected);
        }
    }

    [Fact]
    public void F2_F3_Random_cuts_of_random_packets_are_contiguous_to_the_tick_and_self_contained()
    {
        var random = new Random(2);
        for (var round = 0; round < 50; round++)
        {
            var decodeTime = random.NextInt64(0, 1L << 40);
            var before = decodeTime;
            for (var segment = 0; segment < 5; segment++)
            {
                var packets = RandomPackets(random, random.Next(1, 60));
                var blob = OpusSource.Blob(packets);
                var boxes = Mp4Box.ParseAll(Segment((uint)segment, decodeTime, blob));

                Assert.Equal(["styp", "moof", "mdat"], boxes.Select(b => b.Type)); // F5
                Assert.Equal(0x01000000u, boxes.At("moof/traf/tfdt").U32(0));
                Assert.Equal(before, boxes.At("moof/traf/tfdt").I64(4));
                Assert.Equal(0x020000u, boxes.At("moof/traf/tfhd").U32(0));
                var trun = boxes.At("moof/traf/trun");
                Assert.Equal((uint)packets.Count, trun.U32(4));
                Assert.Equal((uint)(boxes.At("mdat").Offset + 8 - boxes.At("moof").Offset), trun.U32(8));
                Assert.True(boxes.At("mdat").Body.AsSpan().SequenceEqual([.. packets.SelectMany(p => p)]));
                var sizes = 0L;
                for (var i = 0; i < packets.Count; i++)
                {
                    Assert.Equal((uint)OpusPacket.Samples(packets[i]), trun.U32(12 + (8 * i))); // O7
                    before += trun.U32(12 + (8 * i));
                    sizes += trun.U32(16 + (8 * i));
                }

                Assert.Equal(boxes.At("mdat").Body.Length, sizes);
                Assert.Equal((uint)packets.Count, boxes.At("moof/traf/sbgp").U32(12));
                decodeTime += OpusBlob.Measure(blob).Samples;
            }
        }
    }

    [Fact]
    public void F8_A_week_and_more_fits_the_decode_time()
    {
        const long year = 365L * 86400 * 48000;
        var boxes = Mp4Box.ParseAll(Segment(uint.MaxValue, year, OpusSource.Blob(source.Packets.Take(50))));
        Assert.Equal(year, boxes.At("moof/traf/tfdt").I64(4));
        Assert.Equal(uint.MaxValue, boxes.At("moof/mfhd").U32(4));
    }

    [Fact]
    public async Task F8_A_reader_follows_decode_times_over_a_week()
    {
        const long week = 7L * 86400 * 48000;
        var init = InitSegment.ForOpus(new OpusTrack(source.PreSkip));
        var first = Segment(1, 0, OpusSource.Blob(source.Packets.Take(50)));
        var last = Segment(2, week, OpusSource.Blob(source.Packets.Skip(50).Take(50)));

        var packets = await Judge.PacketsAsync([.. init, .. first, .. last], "mp4");

        Assert.Equal(week, packets[50].Pts - packets[0].Pts);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(959)]
    [InlineData(1500)]
    public void O11_Padding_shortens_the_last_packets_and_drops_none(int padding)
    {
        var blob = OpusSource.Blob(source.Packets.Take(10));
        var trun = Mp4Box.ParseAll(Segment(1, 0, blob, padding)).At("moof/traf/trun");
        var durations = Enumerable.Range(0, 10).Select(i => (long)trun.U32(12 + (8 * i))).ToList();
        Assert.Equal(9600 - padding, durations.Sum());
        Assert.All(durations.Take(8), d => Assert.Equal(960, d));
    }

    [Fact]
    public void O7_A_packet_of_one_byte_keeps_its_time()
    {
        byte[] silence = [0x78]; // one hybrid frame of 20 ms, nothing sent
        var trun = Mp4Box.ParseAll(Segment(1, 0, OpusSource.Blob([silence, silence]))).At("moof/traf/trun");
        Assert.Equal([960u, 1u, 960u, 1u], [trun.U32(12), trun.U32(16), trun.U32(20), trun.U32(24)]);
    }

    [Fact]
    public void A_segment_that_is_no_packets_is_refused_whatever_its_bytes()
    {
        var good = OpusSource.Blob(source.Packets.Take(20));
        var (written, refused) = (0, 0);
        FuzzRun.Each(seed =>
        {
            var bytes = new Mutator(new Random(seed), []).Mutate(good);
            var output = new ArrayBufferWriter<byte>();
            try
            {
                MediaSegment.WriteOpus(output, 1, 0, bytes);
                Assert.Equal(["styp", "moof", "mdat"], Mp4Box.ParseAll(output.WrittenSpan.ToArray()).Select(b => b.Type));
                written++;
            }
            catch (InvalidDataException)
            {
                Assert.Equal(0, output.WrittenCount);
                refused++;
            }
        });
        Assert.True(written > 0 && refused > 0, $"{written} written, {refused} refused");
    }

    private static byte[] Segment(uint sequence, long decodeTime, byte[] blob, int padding = 0)
    {
        var output = new ArrayBufferWriter<byte>();
        MediaSegment.WriteOpus(output, sequence, decodeTime, blob, padding);
        return output.WrittenSpan.ToArray();
    }

    private static List<byte[]> RandomPackets(Random random, int count)
    {
        var packets = new List<byte[]>();
        while (packets.Count < count)
        {
            var packet = new byte[random.Next(1, 300)];
            random.NextBytes(packet);
            if (OpusPacket.Samples(packet) > 0)
            {
                packets.Add(packet);
            }
        }

        return packets;
    }

    private byte[] Join(int packetsPerSegment, int padding) => Join(() => packetsPerSegment, padding);

    private byte[] Join(Func<int> packetsPerSegment, int padding)
    {
        var output = new ArrayBufferWriter<byte>();
        output.Write(InitSegment.ForOpus(new OpusTrack(source.PreSkip)));
        var (at, time, sequence) = (0, 0L, 1u);
        while (at < source.Packets.Count)
        {
            var packets = source.Packets.Skip(at).Take(packetsPerSegment()).ToList();
            at += packets.Count;
            var blob = OpusSource.Blob(packets);
            MediaSegment.WriteOpus(output, sequence++, time, blob, at == source.Packets.Count ? padding : 0);
            time += OpusBlob.Measure(blob).Samples;
        }

        return output.WrittenSpan.ToArray();
    }
}
