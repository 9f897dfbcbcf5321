namespace AudioRelay.Media.Framing;

/// <summary>Takes whole, confirmed frames in the order in which they were sent.</summary>
public interface IFrameSink
{
    /// <summary>One frame, header included.</summary>
    /// <param name="format">What the header says. A change of format is just a frame with another one.</param>
    /// <param name="frame">The frame's bytes exactly as received; valid during the call only.</param>
    void OnFrame(in FrameFormat format, ReadOnlySpan<byte> frame);
}
