namespace AudioRelay.Streams.Capture.Shows;

/// <summary>From samples of the station's run to programme samples of a chain: the same sound at two rates.</summary>
/// <param name="OriginRun">A sample of the run…</param>
/// <param name="OriginChain">…and the chain's sample there.</param>
/// <param name="RunRate">The run's rate.</param>
internal readonly record struct ProgrammeMap(long OriginRun, long OriginChain, int RunRate)
{
    /// <summary>The chain's sample at a sample of the run, rounded.</summary>
    public long ChainSampleAt(long runSample, int chainRate) =>
        OriginChain + (long)((((Int128)(runSample - OriginRun) * chainRate) + (RunRate / 2)) / RunRate);
}
