using AudioRelay.Media.Framing;

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
);
