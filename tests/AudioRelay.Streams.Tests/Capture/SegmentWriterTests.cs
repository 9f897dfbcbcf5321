using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Streams.Capture;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Streams.Tests.Capture;

public sealed class SegmentWriterTests
{
    private static StoreBatch Batch => new StoreBatch().Add(1, new Alive(1));

    [Fact]
    public async Task What_is_accepted_is_committed_in_order_and_counted()
    {
        List<StoreBatch> committed = [];
        var writer = new SegmentWriter(
            (batch, _) =>
            {
                committed.Add(batch);
                return Task.FromResult(default(CommitResult));
            },
            TimeProvider.System
        );
        StoreBatch[] batches = [Batch, Batch, Batch];
        Assert.All(batches, b => Assert.True(writer.TryAccept(b)));
        await writer.DisposeAsync();

        Assert.Equal(batches, committed);
        Assert.Equal(3, writer.Committed);
        Assert.Null(writer.Trouble);
        Assert.False(writer.TryAccept(Batch));
    }

    [Fact]
    public async Task A_full_disk_is_tried_again_fills_the_channel_and_loses_nothing()
    {
        var time = new ManualTime();
        var isFull = true;
        var commits = 0;
        var writer = new SegmentWriter(
            (_, _) =>
            {
                if (isFull)
                {
                    throw new StorageFullException("show.sqlite");
                }

                commits++;
                return Task.FromResult(default(CommitResult));
            },
            time
        );
        var accepted = 0;
        Assert.True(writer.TryAccept(Batch));
        accepted++;
        await time.Armed(SegmentWriter.RetryFullDisk);
        Assert.Equal(GapCause.DiskFull, writer.Trouble);
        while (writer.TryAccept(Batch))
        {
            accepted++;
            Assert.True(accepted < 100, "it must say that it is full");
        }

        isFull = false;
        time.Advance(SegmentWriter.RetryFullDisk);
        await writer.DisposeAsync();
        Assert.Equal(accepted, commits);
        Assert.Equal(accepted, writer.Committed);
        Assert.Null(writer.Trouble);
    }

    [Fact]
    public async Task On_a_full_disk_stopping_does_not_wait_for_room()
    {
        var time = new ManualTime();
        var writer = new SegmentWriter((_, _) => throw new StorageFullException("show.sqlite"), time);
        writer.TryAccept(Batch);
        await time.Armed(SegmentWriter.RetryFullDisk);
        await writer.DisposeAsync();
        Assert.Equal(0, writer.Committed);
    }

    [Fact]
    public async Task Another_fault_ends_it_and_is_told()
    {
        var writer = new SegmentWriter((_, _) => throw new StorageException(StorageFault.IoError, "read error"), TimeProvider.System);
        writer.TryAccept(Batch);
        var fault = await Assert.ThrowsAsync<StorageException>(() => writer.Completion);
        Assert.Equal(StorageFault.IoError, fault.Fault);
        Assert.Equal(GapCause.WriterFault, writer.Trouble);
        await writer.DisposeAsync();
    }
}
