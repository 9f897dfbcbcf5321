using System.Buffers;

namespace AudioRelay.Media.Containers.Id3;

/// <summary>A segment of packed audio (AAC in ADTS, or MP3): the timestamp, then the frames as they are.</summary>
public static class PackedAudioSegment
{
    /// <summary>Writes a segment.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="decodeTime">Samples before this segment since the chain began, the encoder's delay included.</param>
    /// <param name="sampleRate">Samples per second.</param>
    /// <param name="frames">Whole frames.</param>
    public static void Write(IBufferWriter<byte> output, long decodeTime, int sampleRate, ReadOnlySpan<byte> frames)
    {
        Id3Timestamp.Write(output, decodeTime, sampleRate);
        output.Write(frames);
    }
}
