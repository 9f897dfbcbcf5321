using AudioRelay.Media.Codecs;

namespace AudioRelay.Streams.Capture.Shows;

/// <summary>From the station's frames to the packets that are stored. One for each chain of sections, never reset at a cut.</summary>
internal interface ISoundChain : IDisposable
{
    /// <summary>What the packets are: <c>opus</c>, <c>aac</c>, <c>wav</c>, <c>mp3</c>.</summary>
    string Codec { get; }

    /// <summary>Programme samples per second; known from the first packet on.</summary>
    int Rate { get; }

    /// <summary>Channels in the packets.</summary>
    int Channels { get; }

    /// <summary>Samples that decode before the first programme sample.</summary>
    int EncoderDelay { get; }

    /// <summary>Samples per packet; 1 for PCM.</summary>
    int FrameSamples { get; }

    /// <summary>Takes a frame. False when this chain cannot take it (the decoded rate changed under a format that keeps it).</summary>
    bool Feed(ReadOnlySpan<byte> frame, IPacketSink sink);

    /// <summary>Takes a frame for the decoder's memory only; nothing comes out.</summary>
    void Warm(ReadOnlySpan<byte> frame);

    /// <summary>The next sound to come out begins this much later: so many seconds, as programme samples of a rate, are already recorded.</summary>
    void Skip(long samples, int rate);

    /// <summary>Ends the sound.</summary>
    /// <returns>The padding behind the last programme sample.</returns>
    int Flush(IPacketSink sink);
}
