using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using AudioRelay.Media.Containers.Id3;

namespace AudioRelay.Media.Tests.Containers.Id3;

public sealed class Id3TimestampTests
{
    [Fact]
    public void A1_The_tag_is_one_PRIV_frame_of_version_2_4_with_Apples_owner_and_a_33_bit_time()
    {
        var output = new ArrayBufferWriter<byte>();
        Id3Timestamp.Write(output, (1L << 40) + 12345, 16000);
        var tag = output.WrittenSpan.ToArray();

        Assert.Equal(Id3Timestamp.Length, tag.Length);
        Assert.Equal([(byte)'I', (byte)'D', (byte)'3', 4, 0, 0, 0, 0, 0, (byte)(tag.Length - 10)], tag[..10]);
        Assert.Equal("PRIV", Encoding.ASCII.GetString(tag, 10, 4));
        Assert.Equal(tag.Length - 20, tag[17]);
        Assert.Equal("com.apple.streaming.transportStreamTimestamp\0", Encoding.ASCII.GetString(tag, 20, 45));
        var time = BinaryPrimitives.ReadUInt64BigEndian(tag.AsSpan(65));
        Assert.Equal(0ul, time >> 33);
        Assert.Equal(Id3Timestamp.Ticks((1L << 40) + 12345, 16000), time);
    }

    [Theory]
    [InlineData(0, 44100, 0)]
    [InlineData(1152, 44100, 2351)] // 2351.02
    [InlineData(1, 16000, 6)] // 5.6
    [InlineData(48000, 48000, 90000)]
    public void A2_Time_is_samples_on_the_90_kHz_clock(long samples, int rate, long ticks) =>
        Assert.Equal((ulong)ticks, Id3Timestamp.Ticks(samples, rate));

    [Fact]
    public void A2_It_wraps_after_26_and_a_half_hours_and_only_then()
    {
        const long wrap = 1L << 33; // 95,443.7 seconds
        Assert.Equal(95443UL * 90000, Id3Timestamp.Ticks(95443L * 48000, 48000));
        Assert.Equal((ulong)((95444L * 90000) - wrap), Id3Timestamp.Ticks(95444L * 48000, 48000));
    }

    [Fact]
    public void A2_Over_seven_days_of_segments_it_is_never_half_a_tick_off()
    {
        foreach (var rate in new[] { 16000, 22050, 44100, 48000 })
        {
            for (long samples = 0; samples < 7L * 86400 * rate; samples += (6L * rate) + 577)
            {
                // In whole numbers of any size: half a tick is (ticks × rate × 2) against (samples × 90000 × 2).
                var exact = ((BigInteger)samples * 180_000) + rate;
                var expected = exact / (2 * rate) % (1UL << 33);
                Assert.Equal((ulong)expected, Id3Timestamp.Ticks(samples, rate));
            }
        }
    }
}
