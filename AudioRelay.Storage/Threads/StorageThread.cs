using System.Threading.Channels;

namespace AudioRelay.Storage.Threads;

/// <summary>One thread that works off a bounded queue. SQLite blocks while it waits for the disk, so it must not be one of the pool's.</summary>
internal sealed class StorageThread : IAsyncDisposable
{
    private const int MostGrouped = 32;

    private readonly Channel<StoreWork> _queue;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StorageThread(string name, int capacity)
    {
        _queue = Channel.CreateBounded<StoreWork>(
            new BoundedChannelOptions(capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait }
        );
        new Thread(Run, 256 * 1024) { Name = name, IsBackground = true }.Start();
    }

    public int Waiting => _queue.Reader.Count;

    public bool TryEnqueue(StoreWork work) => _queue.Writer.TryWrite(work);

    public ValueTask EnqueueAsync(StoreWork work, CancellationToken cancel) => _queue.Writer.WriteAsync(work, cancel);

    /// <summary>Waits for room; false when the thread is stopping.</summary>
    public ValueTask<bool> WaitForRoomAsync(CancellationToken cancel) => _queue.Writer.WaitToWriteAsync(cancel);

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _ended.Task;
    }

    private void Run()
    {
        var group = new List<StoreCommit>(MostGrouped);
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (_queue.Reader.TryRead(out var work))
            {
                if (work is StoreCommit commit)
                {
                    RunGroup(commit, group);
                }
                else
                {
                    work.Run();
                }
            }
        }

        _ended.SetResult();
    }

    /// <summary>Takes the commits of one store that follow each other in the queue into one transaction: one fsync for all of them.</summary>
    private void RunGroup(StoreCommit first, List<StoreCommit> group)
    {
        group.Add(first);
        while (
            group.Count < MostGrouped
            && _queue.Reader.TryPeek(out var next)
            && next is StoreCommit commit
            && commit.Store == first.Store
            && _queue.Reader.TryRead(out _)
        )
        {
            group.Add(commit);
        }

        StoreCommit.RunAll(group);
        group.Clear();
    }
}
