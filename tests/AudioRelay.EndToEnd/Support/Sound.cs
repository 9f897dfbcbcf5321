using System.Numerics;

namespace AudioRelay.EndToEnd.Support;

/// <summary>Compares sounds.</summary>
internal static class Sound
{
    /// <summary>How many samples later the same sound is in the other one: where it matches best.</summary>
    /// <param name="reference">A sound.</param>
    /// <param name="other">The same, perhaps earlier or later.</param>
    /// <param name="rate">Their rate.</param>
    /// <param name="most">The most that is looked for.</param>
    public static int Lag(float[] reference, float[] other, int rate, TimeSpan most)
    {
        var reach = (int)(most.TotalSeconds * rate);
        var length = rate; // a second from the middle
        var from = (Math.Min(reference.Length, other.Length) / 2) - (length / 2);
        var piece = reference.AsSpan(from, length);
        var (best, at) = (double.MinValue, 0);
        for (var lag = -reach; lag <= reach; lag++)
        {
            var candidate = other.AsSpan(from + lag, length);
            var match = Dot(piece, candidate) / Math.Sqrt(Dot(candidate, candidate) + 1e-9);
            if (match > best)
            {
                (best, at) = (match, lag);
            }
        }

        return at;
    }

    /// <summary>The correlation of two sounds, aligned, without the first and the last 0.3 s.</summary>
    public static double Correlation(float[] reference, float[] other, int lag, int rate)
    {
        var edge = (int)(0.3 * rate);
        var from = Math.Max(0, -lag) + edge;
        var length = Math.Min(reference.Length - from, other.Length - from - lag) - edge;
        var a = reference.AsSpan(from, length);
        var b = other.AsSpan(from + lag, length);
        return Dot(a, b) / Math.Sqrt(Dot(a, a) * Dot(b, b));
    }

    public static double Rms(ReadOnlySpan<float> sound) => Math.Sqrt(Dot(sound, sound) / sound.Length);

    /// <summary>Where a tone begins, in seconds: each time it rises to half of its greatest level.</summary>
    public static IReadOnlyList<double> Tones(float[] sound, int rate, int hertz)
    {
        var block = rate / 100;
        var levels = new double[sound.Length / block];
        for (var i = 0; i < levels.Length; i++)
        {
            var tone = Complex.Zero;
            for (var n = 0; n < block; n++)
            {
                tone += sound[(i * block) + n] * Complex.FromPolarCoordinates(1, 2 * Math.PI * hertz * n / rate);
            }

            levels[i] = tone.Magnitude / block;
        }

        var half = levels.Max() / 2;
        List<double> begins = [];
        for (var i = 1; i < levels.Length; i++)
        {
            if (levels[i] > half && (begins.Count == 0 || (i * 0.01) - begins[^1] > 1))
            {
                begins.Add(i * 0.01);
            }
        }

        return begins;
    }

    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = Vector<float>.Zero;
        var i = 0;
        for (; i + Vector<float>.Count <= a.Length; i += Vector<float>.Count)
        {
            sum += new Vector<float>(a[i..]) * new Vector<float>(b[i..]);
        }

        double total = Vector.Sum(sum);
        for (; i < a.Length; i++)
        {
            total += a[i] * b[i];
        }

        return total;
    }
}
