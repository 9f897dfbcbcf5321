using System.Numerics;
using System.Runtime.InteropServices;

namespace AudioRelay.Media.Codecs;

/// <summary>Arithmetic over runs of samples, on the vector unit.</summary>
internal static class SampleMath
{
    /// <summary>The scale between float samples and s16: full scale is 32768, so that every s16 value is a float exactly and comes back the same.</summary>
    public const float S16Scale = 32768f;

    /// <summary>True when every sample is finite and within ±limit. (No number compares with NaN, so NaN fails.)</summary>
    public static bool AllWithin(ReadOnlySpan<float> samples, float limit)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(samples);
        var bound = new Vector<float>(limit);
        var good = Vector<int>.AllBitsSet;
        foreach (var vector in vectors)
            good &= Vector.LessThanOrEqual(Vector.Abs(vector), bound);
        if (good != Vector<int>.AllBitsSet)
            return false;
        foreach (var sample in samples[(vectors.Length * Vector<float>.Count)..])
        {
            if (!(Math.Abs(sample) <= limit))
                return false;
        }
        return true;
    }

    /// <summary>Copies, held within −1…1; what is not a number becomes 0 (guard 3).</summary>
    public static void Clamp(ReadOnlySpan<float> source, Span<float> target)
    {
        target = target[..source.Length];
        var from = MemoryMarshal.Cast<float, Vector<float>>(source);
        var to = MemoryMarshal.Cast<float, Vector<float>>(target);
        for (var i = 0; i < from.Length; i++)
        {
            var number = Vector.ConditionalSelect(Vector.Equals(from[i], from[i]), from[i], Vector<float>.Zero);
            to[i] = Vector.Min(Vector.Max(number, -Vector<float>.One), Vector<float>.One);
        }
        for (var i = from.Length * Vector<float>.Count; i < source.Length; i++)
            target[i] = float.IsNaN(source[i]) ? 0 : Math.Clamp(source[i], -1f, 1f);
    }

    /// <summary>
    /// To s16: × 32768, to the nearest (a tie to the even one), held within the range; what is not a number becomes 0.
    /// A float that came from s16 by ÷ 32768 gives that value back.
    /// </summary>
    public static void ToS16(ReadOnlySpan<float> source, Span<short> target)
    {
        target = target[..source.Length];
        var from = MemoryMarshal.Cast<float, Vector<float>>(source);
        var to = MemoryMarshal.Cast<short, Vector<short>>(target);
        for (var i = 0; i < to.Length; i++)
            to[i] = Vector.Narrow(ToInteger(from[2 * i]), ToInteger(from[(2 * i) + 1]));
        for (var i = to.Length * Vector<short>.Count; i < source.Length; i++)
            target[i] = ToS16(source[i]);
    }

    private static short ToS16(float sample) =>
        float.IsNaN(sample) ? (short)0 : (short)Math.Clamp(MathF.Round(sample * S16Scale), short.MinValue, short.MaxValue);

    private static Vector<int> ToInteger(Vector<float> samples)
    {
        var number = Vector.ConditionalSelect(Vector.Equals(samples, samples), samples, Vector<float>.Zero);
        var bounded = Vector.Min(Vector.Max(number * S16Scale, new Vector<float>(short.MinValue)), new Vector<float>(short.MaxValue));
        return Vector.ConvertToInt32(Vector.Round(bounded));
    }
}
