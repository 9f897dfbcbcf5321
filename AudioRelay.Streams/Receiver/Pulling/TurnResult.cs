using AudioRelay.Storage.Receiving;

namespace AudioRelay.Streams.Receiver.Pulling;

/// <summary>What a turn of pulling came to.</summary>
/// <param name="At">Where the show stands after what was committed; where that is in doubt, <see cref="Fault"/> says so.</param>
internal sealed record TurnResult(SyncCheckpoint At)
{
    /// <summary>Bytes of sound that were committed.</summary>
    public long Bytes { get; init; }

    /// <summary>When something was committed last, UTC µs; null when nothing was.</summary>
    public long? CommittedUs { get; init; }

    /// <summary>From hearing of the newest segment to its being playable; null when the newest is not here yet.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>True when each segment's own hash was checked, false when there was none; null when no segment came.</summary>
    public bool? Verified { get; init; }

    /// <summary>The newest id that was asked for, when nothing came of a range that was said to hold something.</summary>
    public long? EmptyUntil { get; init; }

    /// <summary>Journal entries that are fetched already, for the next turn.</summary>
    public JournalAhead? Ahead { get; init; }

    /// <summary>What ended the turn early; null when all went well.</summary>
    public Exception? Fault { get; init; }
}
