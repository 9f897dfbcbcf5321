using System.Buffers;

namespace AudioRelay.Media.Containers.Flac;

/// <summary>FLAC of 16-bit PCM, stateless: any piece of a stream can be encoded alone, and the pieces joined are one stream.</summary>
public static class FlacStream
{
    /// <summary>Samples per channel in one frame, at most.</summary>
    public const int BlockSize = 4096;

    /// <summary>The format allows no shorter block, except at the very end.</summary>
    internal const int MinBlock = 16;

    /// <summary>The beginning of a <c>.flac</c> file: marker and STREAMINFO.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="sampleRate">Samples per second.</param>
    /// <param name="channels">Channels, 1 to 8.</param>
    /// <param name="totalSamples">Samples per channel; 0 when not known.</param>
    public static void WriteHead(IBufferWriter<byte> output, int sampleRate, int channels, long totalSamples = 0)
    {
        output.Write("fLaC"u8);
        FlacStreamInfo.Write(output.GetSpan(FlacStreamInfo.BlockLength), sampleRate, channels, totalSamples);
        output.Advance(FlacStreamInfo.BlockLength);
    }

    /// <summary>Encodes PCM to frames.</summary>
    /// <param name="output">Where they go.</param>
    /// <param name="pcm">s16le, interleaved.</param>
    /// <param name="sampleRate">Samples per second.</param>
    /// <param name="channels">Channels, 1 to 8.</param>
    /// <param name="firstSample">The number of the first sample in the stream.</param>
    public static void WriteFrames(IBufferWriter<byte> output, ReadOnlySpan<byte> pcm, int sampleRate, int channels, long firstSample)
    {
        var format = new FlacFormat(sampleRate, channels);
        while (pcm.Length >= format.BytesPerSample)
        {
            var samples = NextBlock(pcm.Length / format.BytesPerSample);
            var block = pcm[..(samples * format.BytesPerSample)];
            output.Advance(FlacFrame.Encode(output.GetSpan(format.MaxBytes(block.Length)), block, format, firstSample));
            firstSample += samples;
            pcm = pcm[block.Length..];
        }
    }

    /// <summary>How long the next frame is, so that none but the last of a very short piece is under the minimum.</summary>
    internal static int NextBlock(int samplesLeft) =>
        samplesLeft <= BlockSize ? samplesLeft
        : samplesLeft - BlockSize < MinBlock ? BlockSize - MinBlock
        : BlockSize;

    internal static int Frames(int samples) => (samples + BlockSize - 1) / BlockSize;
}
