using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Retention;
using AudioRelay.Storage.Tests.Support;
using AudioRelay.Storage.Threads;

namespace AudioRelay.Storage.Tests.Threads;

public sealed class StorageThreadsTests : IDisposable
{
    private const long Noon = 1_790_000_000_000_000;

    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Commits_of_many_shows_complete_in_the_order_of_each_show()
    {
        await using var threads = new StorageThreads(TimeProvider.System);
        var shows = await Task.WhenAll(Enumerable.Range(0, 10).Select(n => OpenAsync(threads, $"show{n}")));
        var done = new List<Task<CommitResult>>();
        foreach (var writer in shows)
        {
            for (var i = 1; i <= 20; i++)
            {
                done.Add(writer.CommitAsync(new StoreBatch().Add(Noon, new Alive(i))));
            }
        }

        var results = await Task.WhenAll(done);
        for (var i = 0; i < results.Length; i++)
        {
            Assert.Equal(1 + (i % 20), results[i].JournalSeq);
        }

        foreach (var writer in shows)
        {
            await writer.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_full_queue_says_no_at_once_and_says_when_there_is_room()
    {
        await using var threads = new StorageThreads(TimeProvider.System, threads: 1, capacity: 2);
        await using var writer = await OpenAsync(threads, "show");
        using var gate = new ManualResetEventSlim();
        var (started, blocked) = Block(writer, gate);
        await started;
        var first = writer.TryCommit(Alive(1), out var firstDone);
        var second = writer.TryCommit(Alive(2), out var secondDone);
        Assert.True(first && second);
        Assert.False(writer.TryCommit(Alive(3), out _));
        Assert.False(await writer.WaitForRoomAsync(TimeSpan.FromMilliseconds(20)));

        gate.Set();
        await blocked;
        Assert.True(await writer.WaitForRoomAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(1, (await firstDone).JournalSeq);
        Assert.Equal(2, (await secondDone).JournalSeq);
    }

    [Fact]
    public async Task Batches_that_wait_together_are_one_transaction_and_a_bad_one_takes_no_other_with_it()
    {
        await using var threads = new StorageThreads(TimeProvider.System, threads: 1);
        await using var writer = await OpenAsync(threads, "show");
        using var gate = new ManualResetEventSlim();
        var (started, blocked) = Block(writer, gate);
        await started;
        var before = writer.CommitAsync(Alive(1));
        var bad = writer.CommitAsync(new StoreBatch().Add(new NewSegment(1, 0, 960, 0, new byte[1])));
        var after = writer.CommitAsync(Alive(2));
        gate.Set();
        await blocked;
        Assert.Equal(1, (await before).JournalSeq);
        Assert.Equal(2, (await after).JournalSeq);
        Assert.Equal(StorageFault.RuleBroken, (await Assert.ThrowsAsync<StorageException>(() => bad)).Fault);
    }

    [Fact]
    public async Task A_store_that_cannot_be_opened_says_why_and_the_thread_goes_on()
    {
        await using var threads = new StorageThreads(TimeProvider.System, threads: 1);
        await using var writer = await OpenAsync(threads, "show");
        var again = await Assert.ThrowsAsync<StorageException>(() => OpenAsync(threads, "show"));
        Assert.Equal(StorageFault.Locked, again.Fault);
        Assert.Equal(1, (await writer.CommitAsync(Alive(1))).JournalSeq);
    }

    [Fact]
    public async Task Stopping_finishes_what_is_queued()
    {
        var threads = new StorageThreads(TimeProvider.System, threads: 1);
        var writer = await OpenAsync(threads, "show");
        var done = Enumerable.Range(1, 50).Select(i => writer.CommitAsync(Alive(i))).ToList();
        await threads.DisposeAsync();
        Assert.Equal(Enumerable.Range(1, 50).Select(i => (long)i), (await Task.WhenAll(done)).Select(r => r.JournalSeq));
        Assert.False(await writer.WaitForRoomAsync(TimeSpan.FromSeconds(30)));
        await writer.DisposeAsync();
        Recording.Create(_folder.File("show.sqlite")).Dispose();
    }

    [Fact]
    public async Task Recording_goes_on_between_the_slices_of_a_retention_run()
    {
        await using var threads = new StorageThreads(TimeProvider.System, threads: 1);
        await using var writer = await OpenAsync(threads, "show");
        await writer.RunAsync(store => new Recording(store).Section(Noon, segments: 500, bytes: 4000));
        var run = RetentionRun.RunAsync(writer, long.MaxValue, TimeProvider.System);
        var recorded = 0;
        while (!run.IsCompleted)
        {
            recorded = (int)(await writer.CommitAsync(Alive(1))).JournalSeq;
        }

        var report = await run;
        Assert.Equal((500L, Noon), (report.Segments, Assert.Single(report.Sections)));
        Assert.True(recorded > 5);
    }

    public void Dispose() => _folder.Dispose();

    private static StoreBatch Alive(long atUs) => new StoreBatch().Add(Noon, new Alive(atUs));

    private static (Task Started, Task<bool> Ended) Block(StoreWriter writer, ManualResetEventSlim gate)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = writer.RunAsync(_ =>
        {
            started.SetResult();
            return gate.Wait(TimeSpan.FromSeconds(30));
        });
        return (started.Task, ended);
    }

    private Task<StoreWriter> OpenAsync(StorageThreads threads, string name) =>
        threads.OpenAsync(_folder.File(name + ".sqlite"), Recording.Opus(name), new Random(1));
}
