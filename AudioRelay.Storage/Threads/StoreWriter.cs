using AudioRelay.Storage.Sqlite;

namespace AudioRelay.Storage.Threads;

/// <summary>One show's store as seen from outside its thread: work goes in, completions come out.</summary>
public sealed class StoreWriter : IAsyncDisposable
{
    internal StoreWriter() => throw new NotSupportedException("Comes next.");

    /// <summary>The store; only what <see cref="RunAsync{T}"/> runs may use more of it than its path and identity.</summary>
    public ShowStore Store => throw new NotSupportedException("Comes next.");

    /// <summary>
    /// Queues a batch. False when the thread's queue is full: nothing was queued, and what to do (wait for room, fault) is the caller's to say.
    /// Batches of one show commit in the order in which they were queued; several that wait are grouped into one transaction.
    /// </summary>
    /// <param name="batch">Not to be touched until <paramref name="done"/> has completed.</param>
    /// <param name="done">Completes when the batch is safe, or faults with a <see cref="StorageException"/> when nothing of it was written.</param>
    public bool TryCommit(StoreBatch batch, out Task<CommitResult> done) => throw new NotSupportedException("Comes next.");

    /// <summary>Waits until the queue has room; false when it still has none after the limit.</summary>
    public ValueTask<bool> WaitForRoomAsync(TimeSpan limit, CancellationToken cancel = default) =>
        throw new NotSupportedException("Comes next.");

    /// <summary>Queues a batch, waiting for room as long as needed, and completes when it is safe.</summary>
    public Task<CommitResult> CommitAsync(StoreBatch batch, CancellationToken cancel = default) =>
        throw new NotSupportedException("Comes next.");

    /// <summary>Runs something on the store's thread, after what is queued.</summary>
    public Task<T> RunAsync<T>(Func<ShowStore, T> work, CancellationToken cancel = default) =>
        throw new NotSupportedException("Comes next.");

    /// <summary>Closes the store after what is queued.</summary>
    public ValueTask DisposeAsync() => throw new NotSupportedException("Comes next.");
}
