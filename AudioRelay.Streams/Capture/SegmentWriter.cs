using System.Threading.Channels;
using AudioRelay.Storage;
using AudioRelay.Storage.Threads;

namespace AudioRelay.Streams.Capture;

/// <summary>
/// The one bounded channel between a show's capture and its store's thread. When the disk is full it holds what it has, tries again and
/// lets the channel fill, so that recording pauses by itself and resumes by itself; any other fault is final for this writer.
/// </summary>
public sealed class SegmentWriter : ISegmentSink, IAsyncDisposable
{
    private const int Capacity = 8;

    private readonly Channel<StoreBatch> _channel = Channel.CreateBounded<StoreBatch>(
        new BoundedChannelOptions(Capacity) { SingleReader = true }
    );

    private readonly Func<StoreBatch, CancellationToken, Task<CommitResult>> _commit;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private TaskCompletionSource _progress = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _accepted;
    private long _committed;
    private int _trouble;
    private bool _stopping;

    /// <summary>Begins to write.</summary>
    /// <param name="store">The show's store.</param>
    /// <param name="time">Paces the retries on a full disk.</param>
    public SegmentWriter(StoreWriter store, TimeProvider time)
        : this((batch, cancel) => store.CommitAsync(batch, cancel), time) { }

    internal SegmentWriter(Func<StoreBatch, CancellationToken, Task<CommitResult>> commit, TimeProvider time)
    {
        _commit = commit;
        _time = time;
        Completion = Run();
    }

    /// <summary>How long it waits before it tries a full disk again.</summary>
    public static TimeSpan RetryFullDisk { get; } = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public GapCause? Trouble => Volatile.Read(ref _trouble) is var cause and not 0 ? (GapCause)cause : null;

    /// <summary>Told when a disk becomes full, and with null when there is room again.</summary>
    internal Action<GapCause?>? TroubleChanged { get; set; }

    /// <inheritdoc/>
    public long Committed => Volatile.Read(ref _committed);

    /// <summary>True when there is nothing to do, or nothing that can be done now.</summary>
    internal bool IsIdle => Trouble is not null || Completion.IsCompleted || Committed == Volatile.Read(ref _accepted);

    /// <summary>Completes when the last accepted batch is committed after <see cref="DisposeAsync"/>; faults with what the store said.</summary>
    public Task Completion { get; }

    /// <summary>Completes at the next commit after this call, or when writing gets into trouble or ends.</summary>
    public Task NextProgress() => Volatile.Read(ref _progress).Task;

    /// <inheritdoc/>
    public bool TryAccept(StoreBatch batch)
    {
        Interlocked.Increment(ref _accepted); // before it can be committed, so that the two never say "all written" too early
        if (_channel.Writer.TryWrite(batch))
        {
            return true;
        }

        Interlocked.Decrement(ref _accepted);
        return false;
    }

    /// <summary>Writes what was accepted and stops. On a full disk it does not wait for room: the spool has what is missing.</summary>
    public async ValueTask DisposeAsync()
    {
        Volatile.Write(ref _stopping, true);
        _channel.Writer.TryComplete();
        if (Trouble is not null)
        {
            await _stop.CancelAsync();
        }

        try
        {
            await Completion;
        }
        catch (StorageException)
        {
            // Whoever watches Completion has it.
        }
        catch (OperationCanceledException)
        {
            // The disk stayed full.
        }

        _stop.Dispose();
    }

    private async Task Run()
    {
        try
        {
            await foreach (var batch in _channel.Reader.ReadAllAsync(_stop.Token))
            {
                await Commit(batch);
                Tell(null);
                Interlocked.Increment(ref _committed);
                Progress();
            }
        }
        catch (StorageException)
        {
            Volatile.Write(ref _trouble, (int)GapCause.WriterFault);
            throw;
        }
        finally
        {
            Progress();
        }
    }

    private void Progress() =>
        Interlocked.Exchange(ref _progress, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    private async Task Commit(StoreBatch batch)
    {
        while (true)
        {
            try
            {
                await _commit(batch, _stop.Token);
                return;
            }
            catch (StorageFullException) when (!Volatile.Read(ref _stopping))
            {
                Tell(GapCause.DiskFull);
                Progress();
            }

            await Task.Delay(RetryFullDisk, _time, _stop.Token);
        }
    }

    private void Tell(GapCause? trouble)
    {
        if (Trouble != trouble)
        {
            Volatile.Write(ref _trouble, trouble is { } cause ? (int)cause : 0);
            TroubleChanged?.Invoke(trouble);
        }
    }
}
