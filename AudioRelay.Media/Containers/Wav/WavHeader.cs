using System.Buffers;

namespace AudioRelay.Media.Containers.Wav;

/// <summary>The head of a WAV file of 16-bit PCM; the samples follow as they are.</summary>
public static class WavHeader
{
    /// <summary>Bytes of the head for a given length: RF64 is longer.</summary>
    /// <param name="dataBytes">Bytes of the samples; null when not known.</param>
    public static int LengthFor(long? dataBytes) => throw new NotSupportedException();

    /// <summary>Writes the head.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="sampleRate">Samples per second.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="dataBytes">Bytes of the samples; null when not known yet (an endless stream).</param>
    public static void Write(IBufferWriter<byte> output, int sampleRate, int channels, long? dataBytes) =>
        throw new NotSupportedException();
}
