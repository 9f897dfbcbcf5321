using System.Threading.Channels;
using AudioRelay.Storage.Retention;
using AudioRelay.Storage.Threads;

namespace AudioRelay.Storage.Receiving.Sqlite;

/// <summary>A received show in a file: writes go to its storage thread, reads past it. Opened twice it is the same file, closed with the last.</summary>
internal sealed class SqliteReceivedStore(OpenFile open, TimeProvider time, Func<OpenFile, ValueTask> release) : IReceivedStore
{
    private int _disposed;

    /// <inheritdoc/>
    public string Name => open.File.Source.Name;

    /// <inheritdoc/>
    public SourceShow Source => open.File.Source;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Sources => open.File.Sources;

    /// <inheritdoc/>
    public IShowReader Reader => open.Reader;

    /// <inheritdoc/>
    public async ValueTask<SyncCheckpoint> CheckpointAsync(CancellationToken cancel = default) =>
        await RunAsync(file => file.Checkpoint(), cancel);

    /// <inheritdoc/>
    public async ValueTask<PulledMark?> NewestPulledAsync(CancellationToken cancel = default) =>
        await RunAsync(file => file.NewestPulled(), cancel);

    /// <inheritdoc/>
    public async ValueTask<SyncCheckpoint> ClaimAsync(CancellationToken cancel = default) => await RunAsync(file => file.Claim(), cancel);

    /// <inheritdoc/>
    public async ValueTask<PullCommit> CommitAsync(
        SyncCheckpoint from,
        PulledBatch batch,
        Func<ValueTask<PulledBatch?>> next,
        CancellationToken cancel = default
    ) => await RunAsync(file => file.Commit(from, batch), cancel);

    /// <inheritdoc/>
    public async ValueTask<SyncCheckpoint> ReplaceSourceAsync(
        SyncCheckpoint from,
        SourceShow source,
        long nextId,
        long journalSeq,
        CancellationToken cancel = default
    ) => await RunAsync(file => file.Replace(from, source, nextId, journalSeq), cancel);

    /// <inheritdoc/>
    public async ValueTask LearnTargetAsync(SyncCheckpoint from, int? seconds, CancellationToken cancel = default) =>
        await RunAsync(file => file.LearnTarget(from.Epoch, seconds), cancel);

    /// <inheritdoc/>
    public async ValueTask RenameRemoteAsync(SyncCheckpoint from, string remote, CancellationToken cancel = default) =>
        await RunAsync(file => file.RenameRemote(from.Epoch, remote), cancel);

    /// <inheritdoc/>
    public async ValueTask<RetentionReport> RetainAsync(SyncCheckpoint from, long limitUs, CancellationToken cancel = default)
    {
        var pass = new RetentionPass(limitUs, time);
        while (await RunAsync(file => file.Retain(pass, from.Epoch), cancel))
        {
            // Other shows of the thread, and pulls of this one, have their turn between two steps.
        }

        return pass.Report;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await release(open);
        }
    }

    /// <summary>Runs something on the store's thread. Given up while it waits for room, it was not begun; once begun it is waited for.</summary>
    private async Task<T> RunAsync<T>(Func<ReceivedFile, T> work, CancellationToken cancel)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        var call = new StoreCall<T>(() => work(open.File));
        try
        {
            await open.Thread.EnqueueAsync(call, cancel);
        }
        catch (ChannelClosedException closed)
        {
            throw new StorageException(StorageFault.Closed, $"The store {open.File.Path} is closed.", closed);
        }

        return await call.Done;
    }
}
