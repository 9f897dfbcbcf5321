using AudioRelay.Streams.Receiver.Status;

namespace AudioRelay.Http.SyncStatus;

/// <summary>How a receiver's sync stands.</summary>
/// <param name="InProgress">Something is being pulled or waits for its turn: all that the predecessor says.</param>
/// <param name="Remotes">The recorders, in the order of the configuration.</param>
/// <param name="Shows">The shows, by name.</param>
internal sealed record SyncStatusAnswer(
    bool InProgress,
    IReadOnlyList<SyncStatusAnswer.Remote> Remotes,
    IReadOnlyList<SyncStatusAnswer.Show> Shows
)
{
    public static SyncStatusAnswer Of(SyncReport report) =>
        new(report.InProgress, [.. report.Remotes.Select(Of)], [.. report.Shows.Select(Of)]);

    private static Remote Of(RemoteStatus remote) =>
        new(remote.Name, remote.Url, remote.Online, remote.SinceUs, remote.Detail, remote.Pushes);

    private static Show Of(ShowSyncStatus show) =>
        new()
        {
            Name = show.Show,
            Remote = show.Remote,
            State = show.State.WireName(),
            SinceUs = show.SinceUs,
            Detail = show.Detail,
            ReadId = show.ReadId,
            SourceMaxId = show.SourceMaxId,
            Behind = show.Behind,
            CatchUpTotal = show.CatchUpTotal,
            BytesPerSecond = show.BytesPerSecond,
            TimeLeftMs = Ms(show.TimeLeft),
            LastCommitUs = show.LastCommitUs,
            LastDelayMs = Ms(show.LastDelay),
            Verified = show.Verified,
        };

    private static long? Ms(TimeSpan? span) => span is { } known ? (long)Math.Round(known.TotalMilliseconds) : null;

    /// <inheritdoc cref="RemoteStatus"/>
    internal sealed record Remote(string Name, string Url, bool Online, long SinceUs, string? Detail, bool Pushes);

    /// <summary>How one show's sync stands; durations in ms, times in UTC µs.</summary>
    internal sealed record Show
    {
        /// <summary>The show's name here.</summary>
        [System.Text.Json.Serialization.JsonPropertyName("show")]
        public required string Name { get; init; }

        /// <inheritdoc cref="ShowSyncStatus.Remote"/>
        public required string? Remote { get; init; }

        /// <inheritdoc cref="ShowSyncStatus.State"/>
        public required string State { get; init; }

        /// <inheritdoc cref="ShowSyncStatus.SinceUs"/>
        public required long SinceUs { get; init; }

        /// <inheritdoc cref="ShowSyncStatus.Detail"/>
        public required string? Detail { get; init; }

        /// <inheritdoc cref="ShowSyncStatus.ReadId"/>
        public required long ReadId { get; init; }

        /// <inheritdoc cref="ShowSyncStatus.SourceMaxId"/>
        public required long? SourceMaxId { get; init; }

        /// <inheritdoc cref="ShowSyncStatus.Behind"/>
        public required long Behind { get; init; }

        /// <inheritdoc cref="ShowSyncStatus.CatchUpTotal"/>
        public required long CatchUpTotal { get; init; }

        /// <inheritdoc cref="ShowSyncStatus.BytesPerSecond"/>
        public required double? BytesPerSecond { get; init; }

        /// <inheritdoc cref="ShowSyncStatus.TimeLeft"/>
        public required long? TimeLeftMs { get; init; }

        /// <inheritdoc cref="ShowSyncStatus.LastCommitUs"/>
        public required long? LastCommitUs { get; init; }

        /// <inheritdoc cref="ShowSyncStatus.LastDelay"/>
        public required long? LastDelayMs { get; init; }

        /// <inheritdoc cref="ShowSyncStatus.Verified"/>
        public required bool Verified { get; init; }
    }
}
