using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Streams.Recorder.Shows;

namespace AudioRelay.Streams.Tests.Recorder;

public sealed class ShowJournalTests
{
    [Fact]
    public async Task A_full_disk_keeps_the_entries_and_takes_them_in_order_and_once_when_there_is_room()
    {
        var full = true;
        List<JournalBody> stored = [];
        var journal = new ShowJournal(batch =>
        {
            if (full)
            {
                throw new StorageFullException("show.sqlite");
            }

            stored.AddRange(batch.Items.Select(i => i.Body!));
            return Task.CompletedTask;
        });
        journal.Add(1, new WindowOpened(1));
        await Assert.ThrowsAsync<StorageFullException>(journal.WriteAsync);
        journal.Add(2, new Trouble(GapCause.DiskFull, 2));
        await Assert.ThrowsAsync<StorageFullException>(journal.WriteAsync);
        Assert.Equal(2, journal.Count);
        full = false;
        await journal.WriteAsync();
        await journal.WriteAsync();
        Assert.Equal([new WindowOpened(1), new Trouble(GapCause.DiskFull, 2)], stored);
        Assert.Equal(0, journal.Count);
    }

    [Fact]
    public async Task What_comes_while_it_writes_is_written_after_it_by_the_same_call()
    {
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        List<int> batches = [];
        var journal = new ShowJournal(batch =>
        {
            batches.Add(batch.Items.Count);
            return batches.Count == 1 ? first.Task : Task.CompletedTask;
        });
        journal.Add(1, new WindowOpened(1));
        var writing = journal.WriteAsync();
        journal.Add(2, new WindowClosed(2));
        await journal.WriteAsync(); // somebody else does
        Assert.Equal([1], batches);
        first.SetResult();
        await writing;
        Assert.Equal([1, 1], batches);
    }

    [Fact]
    public void It_is_bounded_and_says_so()
    {
        var journal = new ShowJournal(_ => throw new StorageFullException("show.sqlite"));
        for (var i = 0; i < 1000; i++)
        {
            Assert.True(journal.Add(i, new Alive(i)));
        }

        Assert.False(journal.Add(1000, new Alive(1000)));
    }
}
