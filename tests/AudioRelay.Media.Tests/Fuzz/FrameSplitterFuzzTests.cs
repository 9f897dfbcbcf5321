using AudioRelay.Media.Framing;
using AudioRelay.TestKit.Fixtures;
using AudioRelay.TestKit.Fuzzing;

namespace AudioRelay.Media.Tests.Fuzz;

public sealed class FrameSplitterFuzzTests
{
    private const int WindowBytes = 12_000;
    private static readonly byte[][] Streams = [.. SoundFixture.All.Select(fixture => fixture.Bytes)];

    // Longer than anything that a splitter may wait for, so that afterwards it must be in step again.
    private static readonly IReadOnlyList<byte[]> CleanFrames = [.. SoundFixture.Mp3.Frames.Take(60)];
    private static readonly byte[] Clean = [.. CleanFrames.SelectMany(frame => frame)];

    [Fact]
    public void Whatever_comes_every_byte_is_accounted_for_and_clean_sound_comes_through_again() =>
        FuzzRun.Each(seed =>
        {
            var chance = new Random(seed);
            var mutator = new Mutator(chance, Streams);
            byte[] damaged = mutator.Mutate(mutator.Window(Streams[chance.Next(Streams.Length)], WindowBytes));
            byte[] input = [.. damaged, .. Clean];

            var first = Split(input, mutator.Pieces(input));
            var second = Split(input, mutator.Pieces(input));
            Assert.Equal(first.Hash, second.Hash);
            Assert.Equal(first.Skipped, second.Skipped);
            Assert.Equal(input.Length, first.Skipped + first.Bytes);
            Assert.Equal(CleanFrames.TakeLast(3).Select(frame => FrameHash.Of(frame)), first.Last);
        });

    private static Checker Split(byte[] input, IEnumerable<ReadOnlyMemory<byte>> pieces)
    {
        var checker = new Checker(input);
        foreach (var piece in pieces)
        {
            checker.Splitter.Feed(piece.Span);
        }

        checker.Splitter.Flush();
        return checker;
    }

    private sealed class Checker : IFrameSink
    {
        private readonly byte[] _input;
        private long _end;

        public Checker(byte[] input)
        {
            _input = input;
            Splitter = new FrameSplitter(this);
        }

        public FrameSplitter Splitter { get; }

        public ulong Hash { get; private set; }

        public long Bytes { get; private set; }

        public long Skipped => Splitter.SkippedBytes;

        public Queue<ulong> Last { get; } = new();

        public void OnFrame(in FrameFormat format, ReadOnlySpan<byte> frame)
        {
            var at = Splitter.FrameOffset;
            if (
                at < _end
                || !FrameHeader.TryRead(frame, out var header)
                || header != new FrameHeader(format, frame.Length)
                || !frame.SequenceEqual(_input.AsSpan((int)at, frame.Length))
            )
            {
                Assert.Fail($"the frame at {at} is not what the input has there");
            }

            _end = at + frame.Length;
            Bytes += frame.Length;
            var hash = FrameHash.Of(frame);
            Hash = unchecked((Hash * 31) + hash + (ulong)at);
            Last.Enqueue(hash);
            if (Last.Count > 3)
            {
                Last.Dequeue();
            }
        }
    }
}
