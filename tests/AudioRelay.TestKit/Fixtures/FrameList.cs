using AudioRelay.Media.Framing;

namespace AudioRelay.TestKit.Fixtures;

/// <summary>Collects frames as arrays: the simplest sink.</summary>
public sealed class FrameList : IFrameSink
{
    public List<byte[]> Frames { get; } = [];

    /// <summary>The format of each frame.</summary>
    public List<FrameFormat> Formats { get; } = [];

    /// <summary>The frames of a whole file, and their one format.</summary>
    public static (IReadOnlyList<byte[]> Frames, FrameFormat Format) Of(ReadOnlySpan<byte> bytes)
    {
        var list = new FrameList();
        var splitter = new FrameSplitter(list);
        splitter.Feed(bytes);
        splitter.Flush();
        return splitter.SkippedBytes == 0 && list.Formats.Distinct().Count() == 1
            ? (list.Frames, list.Formats[0])
            : throw new InvalidDataException(
                $"{splitter.SkippedBytes} bytes skipped, formats: {string.Join(", ", list.Formats.Distinct())}"
            );
    }

    public void OnFrame(in FrameFormat format, ReadOnlySpan<byte> frame)
    {
        Frames.Add(frame.ToArray());
        Formats.Add(format);
    }
}
