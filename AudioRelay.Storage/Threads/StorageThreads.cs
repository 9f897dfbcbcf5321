using AudioRelay.Storage.Sqlite;

namespace AudioRelay.Storage.Threads;

/// <summary>
/// The few threads on which all stores write. A show always has the same one, so its store is never used by two; each has a bounded queue.
/// </summary>
public sealed class StorageThreads : IAsyncDisposable
{
    /// <summary>Starts the threads.</summary>
    /// <param name="time">The clock by which waiting for room is limited.</param>
    /// <param name="threads">1 to 4.</param>
    /// <param name="capacity">Queued pieces of work per thread before <see cref="StoreWriter.TryCommit"/> says no.</param>
    public StorageThreads(TimeProvider time, int threads = 2, int capacity = 256) => throw new NotSupportedException("Comes next.");

    /// <summary>Opens a store on its thread and gives the handle through which it is written.</summary>
    public Task<StoreWriter> OpenAsync(
        string path,
        ShowSettings settings,
        Random random,
        StoreOptions? options = null,
        CancellationToken cancel = default
    ) => throw new NotSupportedException("Comes next.");

    /// <summary>Finishes what is queued and stops.</summary>
    public ValueTask DisposeAsync() => throw new NotSupportedException("Comes next.");
}
