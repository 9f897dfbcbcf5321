using AudioRelay.Storage.Sqlite;

namespace AudioRelay.Storage.Threads;

/// <summary>
/// The few threads on which all stores write. A show always has the same one, so its store is never used by two; each has a bounded queue.
/// </summary>
public sealed class StorageThreads : IAsyncDisposable
{
    private readonly TimeProvider _time;
    private readonly StorageThread[] _threads;

    /// <summary>Starts the threads.</summary>
    /// <param name="time">The clock by which waiting for room is limited.</param>
    /// <param name="threads">1 to 4.</param>
    /// <param name="capacity">Queued pieces of work per thread before <see cref="StoreWriter.TryCommit"/> says no.</param>
    public StorageThreads(TimeProvider time, int threads = 2, int capacity = 256)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, 4);
        _time = time;
        _threads = [.. Enumerable.Range(1, threads).Select(n => new StorageThread($"storage-{n}", capacity))];
    }

    /// <summary>Pieces of work that wait, over all threads.</summary>
    public int Waiting => _threads.Sum(t => t.Waiting);

    /// <summary>Opens a store on its thread and gives the handle through which it is written.</summary>
    public async Task<StoreWriter> OpenAsync(
        string path,
        ShowSettings settings,
        Random random,
        StoreOptions? options = null,
        CancellationToken cancel = default
    )
    {
        var thread = ThreadFor(path);
        var opening = new StoreCall<ShowStore>(() => ShowStore.Open(path, settings, random, options));
        await thread.EnqueueAsync(opening, cancel);
        return new StoreWriter(await opening.Done, thread, _time);
    }

    /// <summary>Finishes what is queued and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var thread in _threads)
        {
            await thread.DisposeAsync();
        }
    }

    /// <summary>The thread on which a store is written.</summary>
    internal StorageThread ThreadFor(string path) => _threads[Place(path, _threads.Length)];

    /// <summary>Spreads by name, the same way in every run (string hashes differ from run to run).</summary>
    private static int Place(string path, int threads)
    {
        var hash = 2166136261u;
        foreach (var letter in Path.GetFileName(path))
        {
            hash = (hash ^ letter) * 16777619u;
        }

        return (int)(hash % (uint)threads);
    }
}
