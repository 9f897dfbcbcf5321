using System.Buffers;

namespace AudioRelay.Media.Containers.Mp4;

/// <summary>fMP4 media segments: styp, moof, mdat.</summary>
public static class MediaSegment
{
    /// <summary>Wraps a stored Opus segment.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="sequence">The fragment's number (informational; the segment id, cut to 32 bits).</param>
    /// <param name="decodeTime">Samples at 48 kHz before this segment since the chain began, the encoder's delay included.</param>
    /// <param name="blob">The stored packets.</param>
    /// <param name="padding">Samples at the end that are no programme: the last packet is shortened by them.</param>
    /// <exception cref="InvalidDataException">The blob is not a stored Opus segment.</exception>
    public static void WriteOpus(IBufferWriter<byte> output, uint sequence, long decodeTime, ReadOnlySpan<byte> blob, int padding = 0) =>
        throw new NotSupportedException();

    /// <summary>Encodes stored 16-bit PCM as FLAC and wraps it.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="sequence">The fragment's number.</param>
    /// <param name="decodeTime">Samples (per channel) before this segment since the chain began.</param>
    /// <param name="pcm">s16le, interleaved.</param>
    /// <param name="sampleRate">Samples per second.</param>
    /// <param name="channels">Channels.</param>
    public static void WriteFlac(
        IBufferWriter<byte> output,
        uint sequence,
        long decodeTime,
        ReadOnlySpan<byte> pcm,
        int sampleRate,
        int channels = 1
    ) => throw new NotSupportedException();
}
