namespace AudioRelay.Media.Tests.Codecs;

/// <summary>Sounds to test with, and how alike two of them are.</summary>
internal static class Signals
{
    /// <summary>A sine.</summary>
    public static float[] Sine(int rate, double frequency, int samples, double amplitude = 0.5)
    {
        var sound = new float[samples];
        for (var i = 0; i < samples; i++)
            sound[i] = (float)(amplitude * Math.Sin(2 * Math.PI * frequency * i / rate));
        return sound;
    }

    /// <summary>Several sines and a little noise, the level going up and down: never the same twice.</summary>
    public static float[] Music(int rate, int samples, int seed = 7)
    {
        var random = new Random(seed);
        var sound = new float[samples];
        for (var i = 0; i < samples; i++)
        {
            var t = (double)i / rate;
            var chord =
                Math.Sin(2 * Math.PI * 220 * t) + Math.Sin(2 * Math.PI * (440 + (60 * Math.Sin(t))) * t) + Math.Sin(2 * Math.PI * 1710 * t);
            sound[i] = (float)((0.2 * chord * (0.6 + (0.4 * Math.Sin(5 * t)))) + (0.02 * ((2 * random.NextDouble()) - 1)));
        }
        return sound;
    }

    /// <summary>Signal to noise in dB, the first one being the truth. Infinite when they are equal.</summary>
    public static double Snr(ReadOnlySpan<float> truth, ReadOnlySpan<float> other)
    {
        double signal = 0,
            noise = 0;
        for (var i = 0; i < Math.Min(truth.Length, other.Length); i++)
        {
            signal += (double)truth[i] * truth[i];
            noise += ((double)truth[i] - other[i]) * ((double)truth[i] - other[i]);
        }
        return 10 * Math.Log10(signal / noise);
    }

    /// <summary>By how many samples the second lies behind the first where they are most alike, and how alike (−1…1) that is.</summary>
    public static (int Lag, double Likeness) Align(ReadOnlySpan<float> first, ReadOnlySpan<float> second, int mostLag)
    {
        var (best, likeness) = (0, -1.0);
        var length = Math.Min(8000, Math.Min(first.Length, second.Length - (2 * mostLag)) - mostLag);
        for (var lag = -mostLag; lag <= mostLag; lag++)
        {
            var found = Correlation(first.Slice(mostLag, length), second.Slice(mostLag + lag, length));
            if (found > likeness)
                (best, likeness) = (lag, found);
        }
        return (best, likeness);
    }

    /// <summary>The normalised correlation of two runs of equal length.</summary>
    public static double Correlation(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double ab = 0,
            aa = 0,
            bb = 0;
        for (var i = 0; i < a.Length; i++)
        {
            ab += (double)a[i] * b[i];
            aa += (double)a[i] * a[i];
            bb += (double)b[i] * b[i];
        }
        return ab / Math.Sqrt((aa * bb) + 1e-30);
    }

    /// <summary>The amplitude of one frequency in a run of samples (long compared with its period).</summary>
    public static double Amplitude(ReadOnlySpan<float> sound, int rate, double frequency)
    {
        double re = 0,
            im = 0,
            weight = 0;
        for (var i = 0; i < sound.Length; i++)
        {
            // A Blackman window, so that other frequencies do not leak in.
            var x = 2 * Math.PI * i / sound.Length;
            var window = 0.42 - (0.5 * Math.Cos(x)) + (0.08 * Math.Cos(2 * x));
            var angle = 2 * Math.PI * frequency * i / rate;
            re += window * sound[i] * Math.Cos(angle);
            im += window * sound[i] * Math.Sin(angle);
            weight += window;
        }
        return 2 * Math.Sqrt((re * re) + (im * im)) / weight;
    }
}
