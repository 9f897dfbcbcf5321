using System.Numerics;
using System.Runtime.InteropServices;

namespace AudioRelay.Media.Codecs;

/// <summary>The stage from one or two channels to one: the mean of left and right. Allocates only when a frame is longer than any before.</summary>
public sealed class MonoMix
{
    private float[] _mono = [];

    /// <summary>Mixes to one channel; mono passes through untouched. Valid until the next call, or as long as the input.</summary>
    /// <param name="audio">What a decoder gave.</param>
    public ReadOnlySpan<float> Mix(DecodedAudio audio)
    {
        if (audio.Channels <= 1)
            return audio.Interleaved;
        if (audio.Channels != 2)
            throw new ArgumentException("one or two channels", nameof(audio));
        if (_mono.Length < audio.Samples)
            _mono = new float[audio.Samples];
        var mono = _mono.AsSpan(0, audio.Samples);
        MixStereo(audio.Interleaved, mono);
        return mono;
    }

    // A pair of floats is one 64-bit lane: narrowing the lanes gives one channel, narrowing them shifted gives the other.
    private static void MixStereo(ReadOnlySpan<float> stereo, Span<float> mono)
    {
        var pairs = MemoryMarshal.Cast<float, Vector<ulong>>(stereo);
        var mixed = MemoryMarshal.Cast<float, Vector<float>>(mono);
        for (var i = 0; i < mixed.Length; i++)
        {
            var (a, b) = (pairs[2 * i], pairs[(2 * i) + 1]);
            var first = Vector.AsVectorSingle(Vector.Narrow(a, b));
            var second = Vector.AsVectorSingle(Vector.Narrow(a >>> 32, b >>> 32));
            mixed[i] = (first + second) * 0.5f;
        }
        for (var i = mixed.Length * Vector<float>.Count; i < mono.Length; i++)
            mono[i] = (stereo[2 * i] + stereo[(2 * i) + 1]) * 0.5f;
    }
}
