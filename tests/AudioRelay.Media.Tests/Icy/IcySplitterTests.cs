using AudioRelay.Media.Icy;

namespace AudioRelay.Media.Tests.Icy;

public sealed class IcySplitterTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(1000)]
    public void Chunks_of_any_size_give_the_same_sound_and_blocks(int interval)
    {
        byte[][] blocks = [Block(1, 16), [], Block(2, 4080), [], [], Block(3, 32)];
        var audio = Enumerable.Range(0, interval * blocks.Length).Select(i => (byte)(i * 31)).ToArray();
        byte[] stream =
        [
            .. blocks.SelectMany((b, i) => (byte[])[.. audio[(i * interval)..((i + 1) * interval)], (byte)(b.Length / 16), .. b]),
        ];
        for (var size = 1; size < 700; size++)
        {
            var sink = new Collector();
            var splitter = new IcySplitter(interval, sink);
            foreach (var chunk in stream.Chunk(size))
            {
                splitter.Feed(chunk);
            }

            Assert.Equal(audio, sink.Audio);
            Assert.Equal(blocks.Where(b => b.Length > 0), sink.Blocks.Select(b => b.Bytes));
            Assert.Equal([interval, 3 * interval, 6 * interval], sink.Blocks.Select(b => b.At));
        }
    }

    [Fact]
    public void Without_an_interval_everything_is_sound()
    {
        var sink = new Collector();
        new IcySplitter(0, sink).Feed([1, 2, 3, 255]);
        Assert.Equal([1, 2, 3, 255], sink.Audio);
    }

    [Fact]
    public void A_negative_interval_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new IcySplitter(-1, new Collector()));

    private static byte[] Block(byte value, int length) => [.. Enumerable.Repeat(value, length)];

    private sealed class Collector : IIcySink
    {
        public List<byte> Audio { get; } = [];

        public List<(int At, byte[] Bytes)> Blocks { get; } = [];

        public void OnAudio(ReadOnlySpan<byte> audio) => Audio.AddRange(audio);

        public void OnMetadata(ReadOnlySpan<byte> block) => Blocks.Add((Audio.Count, block.ToArray()));
    }
}
