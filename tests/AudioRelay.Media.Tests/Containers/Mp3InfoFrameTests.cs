using AudioRelay.Media.Containers.Mp3;
using AudioRelay.Media.Framing;
using AudioRelay.TestKit.Fixtures;

namespace AudioRelay.Media.Tests.Containers;

public sealed class Mp3InfoFrameTests
{
    public static TheoryData<string> Mp3 => [.. SoundFixture.All.Where(f => f.Format.Codec == SourceCodec.Mp3).Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Mp3))]
    public void It_is_one_whole_frame_of_the_kind_of_the_others_at_every_rate(string name)
    {
        var fixture = SoundFixture.All.Single(f => f.Name == name);
        var frame = Mp3InfoFrame.Make(fixture.Frames[0], fixture.Frames.Count, fixture.Bytes.Length)!;
        Assert.True(FrameHeader.TryRead(frame, out var header));
        Assert.Equal(frame.Length, header.Length);
        Assert.Equal(fixture.Format, header.Format);
        Assert.True(frame.AsSpan().IndexOf("Info"u8) > 0);
        Assert.True(Mp3InfoFrame.Make(fixture.Frames[0], fixture.Frames.Count, fixture.Bytes.Length * 2)!.AsSpan().IndexOf("Xing"u8) > 0);
    }

    [Fact]
    public void There_is_none_for_what_is_no_MP3() => Assert.Null(Mp3InfoFrame.Make(SoundFixture.AacLc.Frames[0], 1, 1));
}
