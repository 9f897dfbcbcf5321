using AudioRelay.Media.Framing;
using AudioRelay.Media.Icy;
using AudioRelay.TestKit.Fixtures;

namespace AudioRelay.Media.Tests.Framing;

/// <summary>Recorded streams of real stations: ICY bytes as they came, the sound alone, and where each title belongs.</summary>
public sealed class RealCaptureTests
{
    // The scanner's 128 stray bytes are the end of a frame at its start and the start of one at its end.
    [Theory]
    [InlineData("music-128k.aac", 16_000, 3_156, 0)]
    [InlineData("scanner-16k.mp3", 64, 17_538, 128)]
    public void Every_whole_frame_comes_through_byte_for_byte(string name, int interval, int frames, int skipped)
    {
        var raw = Read(name + ".raw");
        var sound = Read(name);
        foreach (var size in (int[])[1, 13, 1400, 4096, 65_536, raw.Length])
        {
            var taken = Take(raw, interval, size);
            Assert.Equal(frames, taken.List.Frames.Count);
            Assert.Equal(skipped, taken.Skipped);
            Assert.Single(taken.List.Formats.Distinct());
            Assert.True(sound.AsSpan().IndexOf(Join(taken.List.Frames)) >= 0, "the frames are a part of the sound");
        }
    }

    [Theory]
    [InlineData("music-128k.aac", 16_000)]
    [InlineData("scanner-16k.mp3", 64)]
    public void Every_title_is_within_a_fifth_of_a_second_of_its_place(string name, int interval)
    {
        var taken = Take(Read(name + ".raw"), interval, 1400);
        var expected = CueSheet.Read(SharedData.Find("icy", name + ".cue")!);
        Assert.Equal(expected.Count, taken.Titles.Count);
        Assert.All(
            expected.Zip(taken.Titles),
            pair =>
            {
                Assert.EndsWith(pair.Second.Text, pair.First.Title, StringComparison.Ordinal);
                Assert.Equal(pair.First.At.TotalSeconds, pair.Second.Seconds, 0.2);
            }
        );
    }

    [Theory]
    [InlineData("music-128k.aac", 16_000)]
    [InlineData("scanner-16k.mp3", 64)]
    public void Joined_anywhere_it_gives_every_frame_from_the_next_whole_one_on(string name, int interval)
    {
        var frames = Take(Read(name + ".raw"), interval, 1400).List.Frames;
        FrameSplitterTests.AssertJoinsAnywhere(Join(frames), frames, joins: 1000);
    }

    private static byte[] Join(List<byte[]> frames)
    {
        using var joined = new MemoryStream();
        frames.ForEach(frame => joined.Write(frame));
        return joined.ToArray();
    }

    private static byte[] Read(string name)
    {
        var path = SharedData.Find("icy", name);
        Assert.SkipWhen(path is null, SharedData.Missing("icy", name));
        return File.ReadAllBytes(path);
    }

    private static Taken Take(byte[] raw, int interval, int size)
    {
        var taken = new Taken();
        var splitter = new IcySplitter(interval, taken);
        foreach (var chunk in raw.Chunk(size))
        {
            splitter.Feed(chunk);
        }

        taken.End();
        return taken;
    }

    // A title begins at the first frame after its block; the first one at the start.
    private sealed class Taken : IIcySink, IFrameSink
    {
        private readonly FrameSplitter _splitter;
        private string? _waiting;
        private long _waitingFrom;

        public Taken() => _splitter = new FrameSplitter(this);

        public FrameList List { get; } = new();

        public List<(double Seconds, string Text)> Titles { get; } = [];

        public long Skipped => _splitter.SkippedBytes;

        public void OnAudio(ReadOnlySpan<byte> audio) => _splitter.Feed(audio);

        public void OnMetadata(ReadOnlySpan<byte> block)
        {
            if (IcyTitle.TryRead(block, null, out var title))
            {
                _waiting = title;
                _waitingFrom = _splitter.FedBytes;
            }
        }

        public void OnFrame(in FrameFormat format, ReadOnlySpan<byte> frame)
        {
            if (_waiting is not null && _splitter.FrameOffset >= _waitingFrom)
            {
                var seconds = (double)List.Frames.Count * format.SamplesPerFrame / format.SampleRate;
                Titles.Add((Titles.Count == 0 ? 0 : seconds, _waiting));
                _waiting = null;
            }

            List.OnFrame(format, frame);
        }

        public void End() => _splitter.Flush();
    }
}
