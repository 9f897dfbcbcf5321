using AudioRelay.Media.Framing;
using AudioRelay.TestKit.Fixtures;

namespace AudioRelay.TestKit.Stations;

/// <summary>The same frames over and over: a real sound for codec tests, or a server's fallback file.</summary>
public sealed class LoopedSource(IReadOnlyList<byte[]> frames, FrameFormat format) : IFrameSource
{
    public LoopedSource(SoundFixture fixture)
        : this(fixture.Frames, fixture.Format) { }

    public FrameFormat Format => format;

    public byte[] FrameAt(long index) => frames[(int)(index % frames.Count)];
}
