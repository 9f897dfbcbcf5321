using AudioRelay.Media.Codecs;
using AudioRelay.Media.Framing;

namespace AudioRelay.Streams.Capture.Shows;

/// <summary>The station's own frames, untouched.</summary>
internal sealed class CopyChain(FrameFormat format) : ISoundChain
{
    public string Codec => format.Codec == SourceCodec.Mp3 ? "mp3" : "aac";

    public int Rate => format.SampleRate;

    public int Channels => format.Channels;

    public int EncoderDelay => 0;

    public int FrameSamples => format.SamplesPerFrame;

    public bool Feed(ReadOnlySpan<byte> frame, IPacketSink sink)
    {
        sink.OnPacket(frame, format.SamplesPerFrame);
        return true;
    }

    public void Warm(ReadOnlySpan<byte> frame) { }

    // Only whole frames are ever recorded, so there is nothing to skip inside one.
    public void Skip(long samples, int rate) { }

    public int Flush(IPacketSink sink) => 0;

    public void Dispose() { }
}
