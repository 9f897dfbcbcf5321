namespace AudioRelay.Host.Demo;

/// <summary>The demo station's sound, computed: an arpeggio over a soft pad and a bass, and in some tracks a voice-like sound.</summary>
/// <remarks>A pure function of the sample's number, so that every start of the demo plays the same programme.</remarks>
internal static class DemoSound
{
    /// <summary>Samples per second, mono.</summary>
    public const int SampleRate = 44100;

    /// <summary>Length of each track in seconds.</summary>
    public const int TrackSeconds = 15;

    private const double Twelfth = 1.0 / 12;

    // First two formants in Hz of the vowels a, e, i, o, u (Peterson and Barney 1952, men, rounded).
    private static readonly (double F1, double F2)[] Vowels = [(730, 1090), (530, 1840), (270, 2290), (570, 840), (300, 870)];

    /// <summary>Fills <paramref name="to"/> with a whole track.</summary>
    /// <param name="track">What to play.</param>
    /// <param name="to"><see cref="SampleRate"/> × <see cref="TrackSeconds"/> samples, each within ±0.9.</param>
    public static void Render(DemoTrack track, Span<float> to)
    {
        var beat = 60 / track.BeatsPerMinute;
        for (var n = 0; n < to.Length; n++)
        {
            var t = (double)n / SampleRate;
            var sound =
                Pad(track, t) + Bass(track, t, beat) + (track.Speaks ? 0.3 * Arpeggio(track, t, beat * 2) : Arpeggio(track, t, beat / 2));
            if (track.Speaks)
            {
                sound = (0.5 * sound) + Voice(t);
            }

            to[n] = (float)Math.Clamp(sound * Edges(t), -0.9, 0.9);
        }
    }

    private static double Arpeggio(DemoTrack track, double t, double step)
    {
        var index = (int)(t / step);
        var since = t - (index * step);
        var pitch = Hertz(track.Root + 12 + track.Chord[index % track.Chord.Length]);
        var phase = 2 * Math.PI * pitch * since;
        return 0.28
            * Math.Exp(-4 * since)
            * Math.Min(1, since * 200)
            * (Math.Sin(phase) + (0.4 * Math.Sin(2 * phase)) + (0.15 * Math.Sin(5 * phase)));
    }

    private static double Pad(DemoTrack track, double t)
    {
        var sum = 0.0;
        foreach (var tone in track.Chord.AsSpan(0, 3))
        {
            var phase = 2 * Math.PI * Hertz(track.Root + tone) * t;
            sum += Math.Sin(phase) + (0.5 * Math.Sin(phase * 1.003));
        }

        return 0.05 * sum * (1 + (0.3 * Math.Sin(2 * Math.PI * 0.2 * t)));
    }

    private static double Bass(DemoTrack track, double t, double beat)
    {
        var since = t % beat;
        return 0.2 * Math.Exp(-3 * since) * Math.Min(1, since * 100) * Math.Sin(2 * Math.PI * Hertz(track.Root - 12) * since);
    }

    /// <summary>Four syllables a second: a buzzing pitch whose harmonics are weighted by two formants.</summary>
    private static double Voice(double t)
    {
        var syllable = (int)(t * 4);
        var since = (t * 4) - syllable;
        var pause = syllable % 11 >= 9;
        if (pause)
        {
            return 0;
        }

        var vowel = Vowels[syllable * 7 % Vowels.Length];
        var pitch = 115 + (18 * Math.Sin(2 * Math.PI * 0.6 * t));
        var sum = 0.0;
        for (var harmonic = 1; harmonic <= 24; harmonic++)
        {
            var hertz = pitch * harmonic;
            var weight = Resonance(hertz, vowel.F1, 90) + (0.6 * Resonance(hertz, vowel.F2, 120)) + (0.02 / harmonic);
            sum +=
                weight
                * Math.Sin(2 * Math.PI * ((115 * harmonic * t) - (18 * harmonic * Math.Cos(2 * Math.PI * 0.6 * t) / (2 * Math.PI * 0.6))));
        }

        return 0.35 * sum * Math.Pow(Math.Sin(Math.PI * since), 0.7);
    }

    private static double Resonance(double hertz, double centre, double width) => 1 / (1 + Math.Pow((hertz - centre) / width, 2));

    private static double Hertz(int note) => 440 * Math.Pow(2, (note - 69) * Twelfth);

    /// <summary>Fades the track in and out, so that tracks follow each other without a click.</summary>
    private static double Edges(double t) => Math.Clamp(Math.Min(t, TrackSeconds - t) * 8, 0, 1);
}
