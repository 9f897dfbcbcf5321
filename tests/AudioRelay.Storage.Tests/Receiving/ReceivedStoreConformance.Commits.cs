using AudioRelay.Storage.Receiving;

namespace AudioRelay.Storage.Tests.Receiving;

/// <content>Who may write, and what a batch that fails or comes twice leaves.</content>
public abstract partial class ReceivedStoreConformance
{
    [Fact]
    public async Task Who_was_replaced_commits_no_more()
    {
        var source = new SourceRecording().Open(Noon).Record(1);
        await using var old = await Stores.OpenOrCreateAsync(source.Show, Token);
        await using var young = await Stores.OpenAsync("show", Token);
        var first = await old.ClaimAsync(Token);
        var second = await young.ClaimAsync(Token);
        Assert.Equal((1L, 2L), (first.Epoch, second.Epoch));
        var batch = source.Pull();
        await FencedAsync(async () => await old.CommitAsync(first, batch, Token));
        await FencedAsync(async () => await old.ReplaceSourceAsync(first, source.Show, 1, 0, Token));
        await FencedAsync(async () => await old.RetainAsync(first, long.MaxValue, Token));
        await FencedAsync(async () => await old.LearnTargetAsync(first, 30, Token));
        Assert.Null((await old.Reader.InfoAsync(Token)).TargetSeconds);
        Assert.Equal(second, await old.CheckpointAsync(Token));
        Assert.Empty(await old.Reader.JournalAsync(0, 10, Token));
        Assert.Equal(1, (await young.CommitAsync(second, batch, Token)).Stored.MaxId);
    }

    [Fact]
    public async Task Of_many_that_claim_and_commit_at_once_each_batch_is_written_by_one()
    {
        var source = new SourceRecording().Open(Noon);
        await using var store = await Stores.OpenOrCreateAsync(source.Show, Token);
        var written = new List<PullCommit>();
        for (var round = 0; round < 10; round++)
        {
            var batch = source.Record(2).Pull();
            var tries = Enumerable
                .Range(0, 4)
                .Select(i =>
                    Task.Run(
                        async () =>
                        {
                            await using var mine = await Stores.OpenAsync("show", Token);
                            var at = await mine.ClaimAsync(Token);
                            if (at.NextId > batch.Segments[0].SourceId)
                            {
                                return null; // somebody was faster
                            }

                            try
                            {
                                return await mine.CommitAsync(at, batch, Token);
                            }
                            catch (StorageException error) when (error.Fault == StorageFault.Fenced)
                            {
                                return null;
                            }
                        },
                        Token
                    )
                );
            var done = (await Task.WhenAll(tries)).OfType<PullCommit>().ToList();
            if (done.Count == 0)
            {
                done.Add(await store.CommitAsync(await store.ClaimAsync(Token), batch, Token)); // each was fenced by the next
            }

            written.Add(Assert.Single(done));
        }

        Assert.Equal(Enumerable.Range(0, 10).Select(i => (long?)((2 * i) + 1)), written.Select(w => w.Stored.FirstSegmentId));
        Assert.Equal(20, (await store.Reader.SegmentsAsync(new SegmentQuery(), Token)).Count);
        Assert.Equal(20 * 96_000, (await store.Reader.SectionAsync(Noon, Token))!.Samples);
    }

    [Fact]
    public async Task A_batch_tried_again_after_an_unknown_outcome_is_not_inserted_twice()
    {
        var source = new SourceRecording().Open(Noon).Record(2);
        await using var store = await Stores.OpenOrCreateAsync(source.Show, Token);
        var claim = await store.ClaimAsync(Token);
        var batch = source.Pull();
        var done = await store.CommitAsync(claim, batch, Token);
        await FencedAsync(async () => await store.CommitAsync(claim, batch, Token));
        Assert.Equal(done.Checkpoint, await store.CheckpointAsync(Token));
        Assert.Equal(2, (await store.Reader.SegmentsAsync(new SegmentQuery(), Token)).Count);
        Assert.Equal(2, (await store.Reader.JournalAsync(0, 10, Token)).Count);
    }

    [Fact]
    public async Task A_batch_that_cannot_be_right_writes_nothing_and_the_right_one_is_taken_after_it()
    {
        var source = new SourceRecording().Open(Noon).Record(3);
        await using var store = await Stores.OpenOrCreateAsync(source.Show, Token);
        var claim = await store.ClaimAsync(Token);
        var good = source.Pull();
        var (a, b, c) = (good.Segments[0], good.Segments[1], good.Segments[2]);
        PulledBatch[] bad =
        [
            good with
            {
                Segments = [a, b with { Data = SourceRecording.Bytes(99) }, c],
            },
            good with
            {
                Segments = [a, b, c with { SectionId = Noon + 1 }],
            },
            good with
            {
                Segments = [a, c, b],
            },
            good with
            {
                Segments = [a, a, b],
            },
            good with
            {
                Segments = [a, c],
            },
            good with
            {
                NextId = 0,
            },
            good with
            {
                Journal = [],
            },
        ];
        foreach (var batch in bad)
        {
            var error = await Assert.ThrowsAsync<StorageException>(async () => await store.CommitAsync(claim, batch, Token));
            Assert.Equal(StorageFault.RuleBroken, error.Fault);
            Assert.Equal(claim, await store.CheckpointAsync(Token));
            Assert.Empty(await store.Reader.JournalAsync(0, 10, Token));
            Assert.Empty(await store.Reader.SegmentsAsync(new SegmentQuery(), Token));
        }

        Assert.Equal(1, (await store.CommitAsync(claim, good, Token)).Stored.FirstSegmentId);
    }

    [Fact]
    public async Task A_reader_sees_whole_batches_only()
    {
        var source = new SourceRecording().Open(Noon);
        await using var store = await Stores.OpenOrCreateAsync(source.Show, Token);
        var writing = Task.Run(
            async () =>
            {
                var at = await store.ClaimAsync(Token);
                for (var i = 0; i < 30; i++)
                {
                    at = (await store.CommitAsync(at, source.Record(7).Pull(), Token)).Checkpoint;
                }
            },
            Token
        );
        var seen = 0;
        bool last;
        do
        {
            last = writing.IsCompleted;
            var segments = await store.Reader.SegmentsAsync(new SegmentQuery(), Token);
            Assert.Equal(0, segments.Count % 7);
            Assert.True(segments.Count >= seen, "what was there does not go");
            Assert.Equal(Enumerable.Range(1, segments.Count).Select(i => (long)i), segments.Select(s => s.Id));
            seen = segments.Count;
        } while (!last);

        await writing;
        Assert.Equal(210, seen);
    }
}
