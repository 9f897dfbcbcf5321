namespace AudioRelay.Streams.Receiver.Status;

/// <summary>How one show's sync stands. A new one is published whenever it has changed, at most a few times a second.</summary>
public sealed record ShowSyncStatus
{
    /// <summary>The show's name here.</summary>
    public required string Show { get; init; }

    /// <summary>The recorder's name in the configuration; null for a store that no configured recorder feeds.</summary>
    public string? Remote { get; init; }

    /// <summary>What it is doing.</summary>
    public required ShowSyncState State { get; init; }

    /// <summary>Since when it has been in this state, UTC µs.</summary>
    public required long SinceUs { get; init; }

    /// <summary>What went wrong and what to do about it, one line for people; null when nothing did. Never a secret.</summary>
    public string? Detail { get; init; }

    /// <summary>Segments of the source read so far in id terms: the first id not read yet, less one; 0 at the beginning.</summary>
    public long ReadId { get; init; }

    /// <summary>The newest segment id the recorder is known to have; null while it has not been asked.</summary>
    public long? SourceMaxId { get; init; }

    /// <summary>Segments that are still to be pulled, as far as is known.</summary>
    public long Behind => SourceMaxId is { } max && max > ReadId ? max - ReadId : 0;

    /// <summary>Segments there were to pull when this catching up began; 0 when nothing is being caught up. For a progress bar.</summary>
    public long CatchUpTotal { get; init; }

    /// <summary>Bytes of sound pulled a second, over the last seconds of pulling; null while nothing is pulled.</summary>
    public double? BytesPerSecond { get; init; }

    /// <summary>Time until the show has caught up, at the present rate; null when it cannot be told.</summary>
    public TimeSpan? TimeLeft { get; init; }

    /// <summary>When something was committed here last, UTC µs; null: not since the start.</summary>
    public long? LastCommitUs { get; init; }

    /// <summary>From hearing of the newest segment to its being playable here, by this machine's clock; null before the first.</summary>
    public TimeSpan? LastDelay { get; init; }

    /// <summary>True when each segment's SHA-256 from its recording is checked; false for a version 1 recorder, where there is only the checksum of the transfer.</summary>
    public bool Verified { get; init; }
}
