using AudioRelay.Media.Framing;

namespace AudioRelay.Streams.Tests.Export;

/// <summary>Whole frames of a clean file.</summary>
internal static class TestFrames
{
    public static List<byte[]> Split(byte[] bytes)
    {
        var frames = new List<byte[]>();
        var rest = bytes.AsSpan();
        while (!rest.IsEmpty)
        {
            Assert.True(FrameHeader.TryRead(rest, out var header));
            frames.Add(rest[..header.Length].ToArray());
            rest = rest[header.Length..];
        }

        return frames;
    }
}
