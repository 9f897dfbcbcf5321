using System.Text;
using AudioRelay.Media.Framing;
using AudioRelay.Media.Icy;
using AudioRelay.TestKit.Fixtures;
using AudioRelay.TestKit.Fuzzing;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.Media.Tests.Fuzz;

public sealed class IcyFuzzTests
{
    private const long Start = 1_800_000_000_000_000;
    private static readonly byte[][] Others =
    [
        .. SoundFixture.All.Select(fixture => fixture.Bytes),
        "StreamTitle='it's;x';StreamUrl='';"u8.ToArray(),
    ];

    private static readonly (int Interval, byte[] Bytes)[] Streams =
    [
        .. ((int[])[1, 2, 17, 64, 500, 1000, 8000]).Select(interval => (interval, Stream(interval))),
    ];

    [Fact]
    public void Whatever_comes_every_byte_is_sound_a_length_or_in_a_block() =>
        FuzzRun.Each(seed =>
        {
            var chance = new Random(seed);
            var mutator = new Mutator(chance, Others);
            var (interval, stream) = Streams[chance.Next(Streams.Length)];
            var input = mutator.Mutate(mutator.Window(stream, 10_000));

            var first = Split(interval, mutator.Pieces(input));
            var second = Split(interval, mutator.Pieces(input));
            Assert.Equal(first.Hash, second.Hash);
            Assert.Equal(first.Audio, second.Audio);
            var lengths = first.Audio / interval;
            // A block at the end that is not whole is reported to no one.
            Assert.InRange(input.Length - first.Audio - first.BlockBytes, Math.Max(0, lengths - 1), lengths + 4080);
        });

    [Fact]
    public void Whatever_a_block_holds_it_gives_a_clean_title_or_none() =>
        FuzzRun.Each(seed =>
        {
            var chance = new Random(seed);
            var mutator = new Mutator(chance, Others);
            var text = Encoding.UTF8.GetBytes("StreamTitle='Żółć - it's;x';StreamUrl='http://example.com/';\0\0\0\0tail';");
            var block = mutator.Mutate(text).AsSpan();
            block = block[..Math.Min(block.Length, 4080)];
            if (IcyTitle.TryRead(block, chance.Next(2) == 0 ? null : Encoding.ASCII, out var title))
            {
                Assert.True(block.IndexOf("="u8) >= 0);
                Assert.DoesNotContain(title, c => c < ' ');
                Assert.Equal(title.Trim(), title);
            }
        });

    private static byte[] Stream(int interval)
    {
        var script = new StationScript
        {
            MetaInterval = interval,
            BurstBytes = 8000,
            Acts = [new Title(TimeSpan.FromMilliseconds(200), "one"), new Title(TimeSpan.FromMilliseconds(400), "it's;two")],
        };
        var dial = new ScriptedStation(script, Start).Dial(Start + 500_000);
        return [.. dial.Chunks.TakeWhile(chunk => chunk.AtUs < Start + 700_000).SelectMany(chunk => chunk.Bytes.ToArray())];
    }

    private static Counter Split(int interval, IEnumerable<ReadOnlyMemory<byte>> pieces)
    {
        var counter = new Counter();
        var splitter = new IcySplitter(interval, counter);
        foreach (var piece in pieces)
        {
            splitter.Feed(piece.Span);
        }

        return counter;
    }

    private sealed class Counter : IIcySink
    {
        public long Audio { get; private set; }

        public long BlockBytes { get; private set; }

        public ulong Hash { get; private set; }

        public void OnAudio(ReadOnlySpan<byte> audio)
        {
            Audio += audio.Length;
            foreach (var value in audio)
            {
                Hash = unchecked((Hash * 31) + value);
            }
        }

        public void OnMetadata(ReadOnlySpan<byte> block)
        {
            BlockBytes += block.Length;
            Hash = unchecked((Hash * 37) + FrameHash.Of(block) + (ulong)Audio);
            IcyTitle.TryRead(block, null, out _);
            if (block.Length is < 16 or > 4080 || block.Length % 16 != 0)
            {
                Assert.Fail($"a block of {block.Length} bytes");
            }
        }
    }
}
