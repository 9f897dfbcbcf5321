using AudioRelay.Media.Framing;

namespace AudioRelay.Streams.Capture.Stations;

/// <summary>Takes what a connection's bytes turn out to be.</summary>
internal interface IConnectionSink
{
    /// <summary>A metadata block that applies from the next frame on.</summary>
    void OnBlock(StationConnection from, TitleBlock block);

    /// <summary>A whole, confirmed frame.</summary>
    void OnFrame(StationConnection from, in FrameFormat format, ReadOnlySpan<byte> frame);
}
