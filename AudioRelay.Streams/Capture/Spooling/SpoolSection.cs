using AudioRelay.Media.Framing;
using AudioRelay.Storage.Journal;

namespace AudioRelay.Streams.Capture.Spooling;

/// <summary>What must be known of a section to write its row without the process that began it.</summary>
internal sealed record SpoolSection(
    long Id,
    string Codec,
    int Rate,
    int Channels,
    int EncoderDelay,
    int FrameSamples,
    long? Continues,
    long ChainSamples,
    FrameFormat Source
)
{
    /// <summary>The journal entry that opens it.</summary>
    public SectionOpened Opened => new(Id, Codec, Rate, Channels, EncoderDelay, FrameSamples, Continues, ChainSamples);
}
