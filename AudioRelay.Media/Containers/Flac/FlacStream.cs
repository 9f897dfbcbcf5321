using System.Buffers;

namespace AudioRelay.Media.Containers.Flac;

/// <summary>FLAC of 16-bit PCM, stateless: any piece of a stream can be encoded alone, and the pieces joined are one stream.</summary>
public static class FlacStream
{
    /// <summary>Samples per channel in one frame, at most.</summary>
    public const int BlockSize = 4096;

    /// <summary>The beginning of a <c>.flac</c> file: marker and STREAMINFO.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="sampleRate">Samples per second.</param>
    /// <param name="channels">Channels, 1 to 8.</param>
    /// <param name="totalSamples">Samples per channel; 0 when not known.</param>
    public static void WriteHead(IBufferWriter<byte> output, int sampleRate, int channels, long totalSamples = 0) =>
        throw new NotSupportedException();

    /// <summary>Encodes PCM to frames.</summary>
    /// <param name="output">Where they go.</param>
    /// <param name="pcm">s16le, interleaved.</param>
    /// <param name="sampleRate">Samples per second.</param>
    /// <param name="channels">Channels, 1 to 8.</param>
    /// <param name="firstSample">The number of the first sample in the stream.</param>
    public static void WriteFrames(IBufferWriter<byte> output, ReadOnlySpan<byte> pcm, int sampleRate, int channels, long firstSample) =>
        throw new NotSupportedException();
}
