namespace AudioRelay.Media.Codecs.Resampling;

/// <summary>
/// Changes the sample rate of mono sound: a polyphase Kaiser filter whose tables are shared by all streams with the same pair of
/// rates. Output sample n lies at input time n × in / out, without delay (the filter's own is taken off), and after
/// <see cref="Flush"/> exactly ⌈fed × out / in⌉ samples have come out. Equal rates pass through.
/// </summary>
public sealed class Resampler
{
    /// <summary>A resampler from one rate to another.</summary>
    /// <param name="inputRate">Rate of the sound that is fed.</param>
    /// <param name="outputRate">Rate of the sound that comes out.</param>
    public Resampler(int inputRate, int outputRate)
    {
        InputRate = inputRate;
        OutputRate = outputRate;
    }

    /// <summary>Rate of the sound that is fed.</summary>
    public int InputRate { get; }

    /// <summary>Rate of the sound that comes out.</summary>
    public int OutputRate { get; }

    /// <summary>Samples that were fed.</summary>
    public long Consumed { get; private set; }

    /// <summary>Samples that came out.</summary>
    public long Produced { get; private set; }

    /// <summary>Feeds any number of samples; the answer is valid until the next call (or as long as the input, at equal rates).</summary>
    /// <param name="input">Mono samples.</param>
    public ReadOnlySpan<float> Process(ReadOnlySpan<float> input) => throw new NotSupportedException("not yet");

    /// <summary>Gives what the filter still holds, so that all that was fed is out. The resampler is at a new beginning afterwards.</summary>
    public ReadOnlySpan<float> Flush() => throw new NotSupportedException("not yet");
}
