using System.Buffers;
using System.Buffers.Binary;
using AudioRelay.Media.Containers.Wav;

namespace AudioRelay.Media.Tests.Containers.Wav;

public sealed class WavHeaderTests
{
    [Theory]
    [InlineData(8000, 1, true)]
    [InlineData(44100, 1, true)]
    [InlineData(22050, 2, true)]
    [InlineData(44100, 1, false)]
    public async Task What_follows_the_head_comes_back_bit_for_bit(int rate, int channels, bool isKnown)
    {
        var data = new byte[rate * 2 * channels];
        new Random(rate).NextBytes(data);
        var output = new ArrayBufferWriter<byte>();
        WavHeader.Write(output, rate, channels, isKnown ? data.Length : null);
        Assert.Equal(WavHeader.LengthFor(isKnown ? data.Length : null), output.WrittenCount);
        output.Write(data);

        var decoded = await Judge.DecodeAsync(output.WrittenSpan.ToArray(), "wav");
        var stream = await Judge.ProbeAsync(output.WrittenSpan.ToArray(), "wav", "-show_entries", "stream=sample_rate,channels");

        Assert.Equal(data, System.Runtime.InteropServices.MemoryMarshal.AsBytes(decoded.AsSpan()).ToArray());
        Assert.Equal($"{rate},{channels}", stream[0]);
    }

    [Fact]
    public async Task Over_four_gigabytes_it_is_RF64_with_the_true_sizes()
    {
        const long week = 7L * 86400 * 44100 * 2;
        var output = new ArrayBufferWriter<byte>();
        WavHeader.Write(output, 44100, 1, week);
        var head = output.WrittenSpan.ToArray();

        Assert.Equal(80, head.Length);
        Assert.Equal(WavHeader.LengthFor(week), head.Length);
        Assert.Equal("RF64"u8.ToArray(), head[..4]);
        Assert.Equal(week + 72, BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(20)));
        Assert.Equal(week, BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(28)));
        var duration = await Judge.ProbeAsync([.. head, .. new byte[1000]], "wav", "-show_entries", "stream=codec_name,duration_ts");
        Assert.StartsWith("pcm_s16le", duration[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4294967251, 44)]
    [InlineData(4294967252, 80)]
    public void The_border_is_where_the_sizes_stop_fitting_32_bits(long bytes, int head) => Assert.Equal(head, WavHeader.LengthFor(bytes));
}
