namespace AudioRelay.Storage.Sqlite;

/// <summary>How a show's writer behaves.</summary>
public sealed record StoreOptions
{
    /// <summary>How long a statement waits for another connection.</summary>
    public TimeSpan BusyLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Called after each commit on the thread that committed; must be quick and must not throw.</summary>
    public Action<CommitResult>? Committed { get; init; }

    /// <summary>Largest size of the file in pages, for tests of a full disk; 0 for no limit.</summary>
    public int MaxPages { get; init; }
}
