namespace AudioRelay.Media.Codecs;

/// <summary>
/// Turns mono sound into packets. The packets, decoded, are <see cref="Delay"/> samples of lead-in, then everything that was
/// fed, then the padding that <see cref="Flush"/> reports: packets × frame = delay + fed + padding.
/// Used by one thread at a time, any thread.
/// </summary>
public interface IAudioEncoder : IDisposable
{
    /// <summary>The rate of the sound it takes.</summary>
    int SampleRate { get; }

    /// <summary>Samples in a packet: 960 (Opus), 1024 (AAC); 1 for PCM, whose packets may be of any length.</summary>
    int FrameSamples { get; }

    /// <summary>Samples that come out before the first one that went in (at <see cref="SampleRate"/>).</summary>
    int Delay { get; }

    /// <summary>Takes any number of samples, keeps what does not fill a frame, emits the packets that became full. Clamps to −1…1 (guard 3).</summary>
    /// <param name="mono">Samples at <see cref="SampleRate"/>.</param>
    /// <param name="sink">Takes the packets, inline.</param>
    void Encode(ReadOnlySpan<float> mono, IPacketSink sink);

    /// <summary>
    /// Ends the sound: emits as many packets as are needed to decode everything that was fed, and no more.
    /// Nothing may be encoded after it. When nothing was ever fed it emits nothing and answers 0.
    /// </summary>
    /// <param name="sink">Takes the last packets.</param>
    /// <returns>The padding: samples that decode after the last one that was fed.</returns>
    int Flush(IPacketSink sink);
}
