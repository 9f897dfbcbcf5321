using AudioRelay.Media.Containers.Opus;

namespace AudioRelay.Media.Tests.Containers.Opus;

public sealed class OpusPacketTests
{
    /// <summary>RFC 6716, table 2, in samples at 48 kHz.</summary>
    [Fact]
    public void O7_The_first_byte_tells_the_frame_length_for_every_configuration()
    {
        int[] silk = [480, 960, 1920, 2880];
        int[] hybrid = [480, 960];
        int[] celt = [120, 240, 480, 960];
        int[] expected = [.. silk, .. silk, .. silk, .. hybrid, .. hybrid, .. celt, .. celt, .. celt, .. celt];
        for (var configuration = 0; configuration < 32; configuration++)
        {
            Assert.Equal(expected[configuration], OpusPacket.Samples([(byte)(configuration << 3)]));
            Assert.Equal(expected[configuration] * 2, OpusPacket.Samples([(byte)((configuration << 3) | 1)]));
            Assert.Equal(expected[configuration] * 2, OpusPacket.Samples([(byte)((configuration << 3) | 2)]));
        }
    }

    [Theory]
    [InlineData(3 << 3, 3, 0)] // three times 60 ms is over the limit
    [InlineData(3 << 3, 2, 5760)]
    [InlineData(31 << 3, 6, 5760)]
    [InlineData(31 << 3, 7, 0)]
    [InlineData(16 << 3, 48, 5760)]
    [InlineData(16 << 3, 49, 0)]
    [InlineData(16 << 3, 0, 0)]
    public void O7_Several_frames_are_counted_and_at_most_120_ms_are_believed(int toc, int frames, int samples) =>
        Assert.Equal(samples, OpusPacket.Samples([(byte)(toc | 3), (byte)(0xC0 | frames)]));

    [Fact]
    public void Nothing_and_a_missing_frame_count_are_no_packets()
    {
        Assert.Equal(0, OpusPacket.Samples([]));
        Assert.Equal(0, OpusPacket.Samples([3]));
    }
}
