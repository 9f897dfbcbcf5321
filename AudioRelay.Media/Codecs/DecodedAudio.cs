namespace AudioRelay.Media.Codecs;

/// <summary>What one call to a decoder gave: interleaved float samples, valid until the decoder's next call.</summary>
public readonly ref struct DecodedAudio
{
    /// <summary>Decoded sound.</summary>
    /// <param name="interleaved">The samples, one after another for each channel (left, right, left, …).</param>
    /// <param name="sampleRate">Samples per second and channel.</param>
    /// <param name="channels">1 or 2 (a guarded decoder never gives anything else).</param>
    public DecodedAudio(ReadOnlySpan<float> interleaved, int sampleRate, int channels)
    {
        Interleaved = interleaved;
        SampleRate = sampleRate;
        Channels = channels;
    }

    /// <summary>The samples, interleaved; nominally within −1…1, not yet clamped.</summary>
    public ReadOnlySpan<float> Interleaved { get; }

    /// <summary>Samples per second and channel; 0 when there is nothing.</summary>
    public int SampleRate { get; }

    /// <summary>Number of channels; 0 when there is nothing.</summary>
    public int Channels { get; }

    /// <summary>True when the decoder could make nothing of the frame (as opposed to holding it back).</summary>
    public bool Failed { get; private init; }

    /// <summary>Samples per channel.</summary>
    public int Samples => Channels == 0 ? 0 : Interleaved.Length / Channels;

    /// <summary>True when there is no sound in it.</summary>
    public bool IsEmpty => Interleaved.IsEmpty;

    /// <summary>The frame was refused.</summary>
    public static DecodedAudio Failure => new() { Failed = true };
}
