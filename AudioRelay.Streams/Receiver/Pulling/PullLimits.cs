namespace AudioRelay.Streams.Receiver.Pulling;

/// <summary>How much is pulled at a time.</summary>
/// <param name="Segments">Most segments in one pull.</param>
/// <param name="Bytes">Most bytes of sound in one pull.</param>
/// <param name="Turn">After this time a show lets the next one pull, if one waits; after ten times that it gives account in any case.</param>
/// <param name="OthersWait">Whether another show waits for its turn; asked from any thread.</param>
internal sealed record PullLimits(int Segments, long Bytes, TimeSpan Turn, Func<bool> OthersWait)
{
    /// <summary>
    /// Most segments in one pull from the predecessor, which knows no bound of bytes: as many as its own client asks for, so that long segments
    /// do not come to more than is read of an answer.
    /// </summary>
    public const int OfPredecessor = 100;

    /// <summary>
    /// How long a transaction goes on taking what comes: what stands before and behind its sound (13 ms in PostgreSQL) is then a fortieth of it,
    /// and no more than this has to be pulled again when something breaks.
    /// </summary>
    public static readonly TimeSpan Transaction = TimeSpan.FromSeconds(0.5);

    /// <summary>How long a transaction waits for more: over a slow line what is here should not wait.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.1);

    /// <summary>True when a turn has lasted long enough.</summary>
    public bool IsOver(TimeSpan elapsed) => elapsed >= Turn && (elapsed >= 10 * Turn || OthersWait());
}
