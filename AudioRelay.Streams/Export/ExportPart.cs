using AudioRelay.Storage;

namespace AudioRelay.Streams.Export;

/// <summary>What one section gives to a file.</summary>
/// <param name="Section">The section.</param>
/// <param name="FromSample">Its first programme sample in the file.</param>
/// <param name="UntilSample">The one after its last.</param>
/// <param name="FirstSegmentId">The segment that holds the first.</param>
/// <param name="LastSegmentId">The segment that holds the last.</param>
/// <param name="Joins">True when it goes on with the very next sample of the part before: same encoder, nothing between.</param>
internal sealed record ExportPart(
    SectionInfo Section,
    long FromSample,
    long UntilSample,
    long FirstSegmentId,
    long LastSegmentId,
    bool Joins
)
{
    public long Samples => UntilSample - FromSample;

    public TimeSpan Duration => TimeSpanOf(Samples);

    /// <summary>Where the part begins on the chain's clock, which starts with the encoder's delay.</summary>
    public long FromTime => TimeOf(FromSample);

    /// <summary>Where it ends on that clock.</summary>
    public long UntilTime => TimeOf(UntilSample);

    /// <summary>How long so many samples are.</summary>
    public TimeSpan TimeSpanOf(long samples) => TimeSpan.FromTicks((long)((Int128)samples * TimeSpan.TicksPerSecond / Section.Rate));

    private long TimeOf(long sample) => Section.EncoderDelay + Section.ChainSamples + sample;
}
