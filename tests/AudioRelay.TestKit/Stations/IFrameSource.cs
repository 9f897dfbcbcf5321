using AudioRelay.Media.Framing;

namespace AudioRelay.TestKit.Stations;

/// <summary>An endless run of frames of one format: what a station's encoder would produce.</summary>
public interface IFrameSource
{
    FrameFormat Format { get; }

    /// <summary>The frame with this index; the same bytes each time it is asked for.</summary>
    byte[] FrameAt(long index);
}
