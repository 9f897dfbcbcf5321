namespace AudioRelay.Streams.Export;

/// <summary>Parts that join: one decoder goes through them without a break.</summary>
/// <param name="Parts">At least one; all but the first join the one before.</param>
/// <param name="Sound">What they decode to.</param>
internal sealed record ExportRun(IReadOnlyList<ExportPart> Parts, SectionSound Sound)
{
    /// <summary>Samples that decoding gives.</summary>
    public long Samples => Decoded(Parts.Sum(p => p.Samples));

    /// <summary>Samples at another rate: as many as the resampler gives.</summary>
    /// <param name="rate">The rate.</param>
    public long SamplesAt(int rate) => (long)((((Int128)Samples * rate) + Sound.Rate - 1) / Sound.Rate);

    /// <summary>A time on the chain's clock, in decoded samples.</summary>
    public long Decoded(long time) => (long)((Int128)time * Sound.Rate / Sound.StoredRate);
}
