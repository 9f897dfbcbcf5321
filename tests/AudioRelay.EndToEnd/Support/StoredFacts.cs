namespace AudioRelay.EndToEnd.Support;

/// <summary>A row of <c>section_facts</c>.</summary>
internal sealed record StoredFacts(
    long Id,
    string Codec,
    int Rate,
    int Channels,
    int EncoderDelay,
    int FrameSamples,
    long Samples,
    int Padding,
    bool Ended,
    string? EndCause,
    long StartUs,
    long EndUs
)
{
    public double Seconds => (double)Samples / Rate;
}
