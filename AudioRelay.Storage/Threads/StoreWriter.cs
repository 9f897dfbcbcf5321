using AudioRelay.Storage.Sqlite;

namespace AudioRelay.Storage.Threads;

/// <summary>One show's store as seen from outside its thread: work goes in, completions come out.</summary>
public sealed class StoreWriter : IAsyncDisposable
{
    private readonly ShowStore _store;
    private readonly StorageThread _thread;
    private readonly TimeProvider _time;

    internal StoreWriter(ShowStore store, StorageThread thread, TimeProvider time)
    {
        _store = store;
        _thread = thread;
        _time = time;
    }

    /// <summary>The database file.</summary>
    public string Path => _store.Path;

    /// <summary>The store's identity.</summary>
    public string UniqueId => _store.UniqueId;

    /// <summary>
    /// Queues a batch. False when the thread's queue is full: nothing was queued, and what to do (wait for room, fault) is the caller's to say.
    /// Batches of one show commit in the order in which they were queued; several that wait are grouped into one transaction.
    /// </summary>
    /// <param name="batch">Not to be touched until <paramref name="done"/> has completed.</param>
    /// <param name="done">Completes when the batch is safe, or faults with a <see cref="StorageException"/> when nothing of it was written.</param>
    public bool TryCommit(StoreBatch batch, out Task<CommitResult> done)
    {
        var commit = new StoreCommit(_store, batch);
        done = commit.Done;
        return _thread.TryEnqueue(commit);
    }

    /// <summary>Waits until the queue has room; false when it still has none after the limit, or will never have.</summary>
    public async ValueTask<bool> WaitForRoomAsync(TimeSpan limit, CancellationToken cancel = default)
    {
        using var timer = new CancellationTokenSource(limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timer.Token);
        try
        {
            return await _thread.WaitForRoomAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Queues a batch, waiting for room as long as needed, and completes when it is safe.</summary>
    public async Task<CommitResult> CommitAsync(StoreBatch batch, CancellationToken cancel = default)
    {
        var commit = new StoreCommit(_store, batch);
        await _thread.EnqueueAsync(commit, cancel);
        return await commit.Done;
    }

    /// <summary>Runs something on the store's thread, after what is queued.</summary>
    public async Task<T> RunAsync<T>(Func<ShowStore, T> work, CancellationToken cancel = default)
    {
        var call = new StoreCall<T>(() => work(_store));
        await _thread.EnqueueAsync(call, cancel);
        return await call.Done;
    }

    /// <summary>Closes the store after what is queued.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await RunAsync(store =>
            {
                store.Dispose();
                return true;
            });
        }
        catch (System.Threading.Channels.ChannelClosedException)
        {
            // The threads have stopped, so nothing uses the store any more.
            _store.Dispose();
        }
    }
}
