using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace AudioRelay.Media.Codecs.Wav;

/// <summary>Float samples as the s16le of a WAV file.</summary>
public static class Pcm
{
    private const int Block = 4096;

    /// <summary>Writes each sample × 32768, to the nearest, held within the range of 16 bits; what is not a number becomes 0.</summary>
    /// <param name="output">Where the bytes go.</param>
    /// <param name="samples">Samples, 1.0 at full scale, interleaved as they shall be.</param>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<float> samples)
    {
        ArgumentNullException.ThrowIfNull(output);
        while (!samples.IsEmpty)
        {
            var count = Math.Min(samples.Length, Block);
            var target = MemoryMarshal.Cast<byte, short>(output.GetSpan(count * 2))[..count];
            SampleMath.ToS16(samples[..count], target);
            if (!BitConverter.IsLittleEndian)
                BinaryPrimitives.ReverseEndianness(target, target);
            output.Advance(count * 2);
            samples = samples[count..];
        }
    }
}
