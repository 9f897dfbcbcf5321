namespace AudioRelay.Media.Containers.Flac;

/// <summary>Rate and channels of 16-bit sound.</summary>
internal readonly record struct FlacFormat
{
    public FlacFormat(int sampleRate, int channels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sampleRate, 655350);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channels);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channels, 8);
        (SampleRate, Channels) = (sampleRate, channels);
    }

    public int SampleRate { get; }

    public int Channels { get; }

    public int BytesPerSample => Channels * 2;

    /// <summary>Never more than this comes out: verbatim, with a head and a foot for each frame.</summary>
    public int MaxBytes(int pcmBytes) => checked(pcmBytes + (FlacStream.Frames(pcmBytes / BytesPerSample) * (32 + Channels)) + 64);
}
