namespace AudioRelay.Storage.Sqlite;

/// <summary>The one writer of a show's file. Synchronous; used by one thread at a time, normally a storage thread.</summary>
public sealed class ShowStore : IDisposable
{
    private ShowStore(string path) => Path = path;

    /// <summary>The database file.</summary>
    public string Path { get; }

    /// <summary>The store's identity.</summary>
    public string UniqueId => throw new NotSupportedException("Comes next.");

    /// <summary>The newest section, ended or not; null when the store never had one that is still here.</summary>
    public SectionInfo? LastSection => throw new NotSupportedException("Comes next.");

    /// <summary>Where the next section may begin at the earliest, UTC µs: the end of all there are.</summary>
    public long? CoveredUntilUs => throw new NotSupportedException("Comes next.");

    /// <summary>How far the store reaches: what a commit of nothing would return.</summary>
    public CommitResult Position => throw new NotSupportedException("Comes next.");

    /// <summary>Opens the file for recording, creating or migrating it, and takes the show's lock.</summary>
    /// <param name="path">The database file; the lock is a file beside it whose name ends in <c>.lock</c>.</param>
    /// <param name="settings">What the configuration says; must agree with the file.</param>
    /// <param name="random">Where a new store's identity comes from.</param>
    /// <param name="options">How it behaves.</param>
    /// <exception cref="StorageException">With the fault that says why it cannot be recorded to.</exception>
    public static ShowStore Open(string path, ShowSettings settings, Random random, StoreOptions? options = null) =>
        throw new NotSupportedException("Comes next.");

    /// <summary>The id of a section that begins now: the clock, but always above every id given before.</summary>
    public long NextSectionId(long clockUs) => throw new NotSupportedException("Comes next.");

    /// <summary>Writes a batch in one transaction. When it returns, everything in it survives any crash.</summary>
    /// <exception cref="StorageFullException">The disk is full; nothing was written and the batch can be tried again.</exception>
    /// <exception cref="StorageException">Nothing was written.</exception>
    public CommitResult Commit(StoreBatch batch) => throw new NotSupportedException("Comes next.");

    /// <summary>Writes several batches in one transaction, each whole; on any fault none is written.</summary>
    public IReadOnlyList<CommitResult> Commit(IReadOnlyList<StoreBatch> batches) => throw new NotSupportedException("Comes next.");

    /// <summary>Keeps a stretch of time from retention.</summary>
    public Hold AddHold(long fromUs, long? untilUs, string reason) => throw new NotSupportedException("Comes next.");

    /// <summary>Lets a hold go; false when there is none with that id.</summary>
    public bool RemoveHold(long id) => throw new NotSupportedException("Comes next.");

    /// <summary>All holds.</summary>
    public IReadOnlyList<Hold> Holds() => throw new NotSupportedException("Comes next.");

    /// <inheritdoc/>
    public void Dispose() => throw new NotSupportedException("Comes next.");
}
