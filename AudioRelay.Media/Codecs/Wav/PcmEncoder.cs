using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace AudioRelay.Media.Codecs.Wav;

/// <summary>
/// s16le samples without a header: no delay, no padding, no library. See <see cref="SampleMath.ToS16(ReadOnlySpan{float}, Span{short})"/>
/// for the rounding, which gives back exactly what was s16 before.
/// </summary>
internal sealed class PcmEncoder(int sampleRate) : IAudioEncoder
{
    private const int LongestPacket = 4096;
    private readonly short[] _samples = new short[LongestPacket];

    public int SampleRate => sampleRate;

    public int FrameSamples => 1;

    public int Delay => 0;

    public void Encode(ReadOnlySpan<float> mono, IPacketSink sink)
    {
        while (!mono.IsEmpty)
        {
            var count = Math.Min(mono.Length, LongestPacket);
            var samples = _samples.AsSpan(0, count);
            SampleMath.ToS16(mono[..count], samples);
            if (!BitConverter.IsLittleEndian)
                BinaryPrimitives.ReverseEndianness(samples, samples);
            sink.OnPacket(MemoryMarshal.AsBytes(samples), count);
            mono = mono[count..];
        }
    }

    public int Flush(IPacketSink sink) => 0;

    public void Dispose()
    {
        // Nothing native is held.
    }
}
