namespace AudioRelay.Storage;

/// <summary>Audio with one unbroken sample clock, and the totals that are kept with it.</summary>
public sealed record SectionInfo
{
    /// <summary>The recorder's clock in µs when the section began; unique and growing within the show.</summary>
    public required long Id { get; init; }

    /// <summary>UTC of sample 0 in µs, by the section's wall map.</summary>
    public required long StartUs { get; init; }

    /// <summary>UTC of sample 0 in ms, as in <c>sections.start_timestamp_ms</c>.</summary>
    public required long StartTimestampMs { get; init; }

    /// <summary>What the blobs hold: <c>opus</c>, <c>aac</c>, <c>wav</c> or <c>mp3</c>; for a copy show the station's own codec.</summary>
    public required string Codec { get; init; }

    /// <summary>The show's format: <c>opus</c>, <c>aac</c>, <c>wav</c> or <c>copy</c>.</summary>
    public required string AudioFormat { get; init; }

    /// <summary>Programme samples per second.</summary>
    public required int Rate { get; init; }

    /// <summary>Channels in the blobs.</summary>
    public required int Channels { get; init; }

    /// <summary>Samples of encoder delay before sample 0 of the chain's first section.</summary>
    public required int EncoderDelay { get; init; }

    /// <summary>Samples per codec frame.</summary>
    public required int FrameSamples { get; init; }

    /// <summary>The section whose next sample is this one's sample 0, when the two are one chain.</summary>
    public long? Continues { get; init; }

    /// <summary>Programme samples of the chain before this section.</summary>
    public long ChainSamples { get; init; }

    /// <summary>Programme samples committed so far.</summary>
    public required long Samples { get; init; }

    /// <summary>Segments committed so far.</summary>
    public required long Segments { get; init; }

    /// <summary>The first segment's id; null while there is none.</summary>
    public long? FirstSegmentId { get; init; }

    /// <summary>The last segment's id; null while there is none.</summary>
    public long? LastSegmentId { get; init; }

    /// <summary>UTC just after the last committed sample in µs, by the section's wall map.</summary>
    public required long EndUs { get; init; }

    /// <summary>Samples after the programme that the last frame carries only to be whole.</summary>
    public int Padding { get; init; }

    /// <summary>Why it ended; null while it has not, and for a predecessor's section.</summary>
    public EndCause? End { get; init; }

    /// <summary>True when nothing will be added to it.</summary>
    public required bool Ended { get; init; }

    /// <summary>The stretch of UTC from the first to after the last sample (a jump of the wall map inside it is not taken out).</summary>
    public Timeline.UtcRange Range => new(StartUs, EndUs);

    /// <summary>Programme time in ms, rounded down.</summary>
    public long DurationMs => Rate == 0 ? 0 : Samples * 1000 / Rate;
}
