using AudioRelay.Streams.Capture.Clock;

namespace AudioRelay.Streams.Capture.Shows;

/// <summary>The section that is being recorded.</summary>
internal sealed class OpenSection(long id, long? continues, long chainSamples, SectionClock clock)
{
    /// <summary>Its id.</summary>
    public long Id { get; } = id;

    /// <summary>The section it continues.</summary>
    public long? Continues { get; } = continues;

    /// <summary>Programme samples of the chain before it.</summary>
    public long ChainSamples { get; } = chainSamples;

    /// <summary>Its wall-clock map.</summary>
    public SectionClock Clock { get; } = clock;

    /// <summary>Programme samples so far, those of the open segment included.</summary>
    public long Samples { get; set; }

    /// <summary>Where the open segment begins.</summary>
    public long SegmentStart { get; set; }

    /// <summary>True once a segment of it was handed over.</summary>
    public bool HasSegments { get; set; }
}
