using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Receiving;

namespace AudioRelay.Storage.Tests.Receiving;

/// <content>Pulls of several batches: a store takes as many into a transaction as it likes.</content>
public abstract partial class ReceivedStoreConformance
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task However_a_pull_is_cut_into_transactions_the_store_says_the_same(int seed)
    {
        var random = new Random(seed);
        var (source, same) = (new SourceRecording(), new SourceRecording(name: "same"));
        var batches = Cut(source, random);
        await using var one = await Stores.OpenOrCreateAsync(source.Show, Token);
        await using var other = await Stores.OpenOrCreateAsync(same.Show, Token);
        await PullAsync(one, batches, () => false);
        await PullAsync(other, batches, () => random.Next(5) != 0);

        Assert.Equal(await one.CheckpointAsync(Token), await other.CheckpointAsync(Token));
        Assert.Equal(
            await one.Reader.SectionsAsync(new SectionQuery(Limit: 1000), Token),
            await other.Reader.SectionsAsync(new SectionQuery(Limit: 1000), Token)
        );
        Assert.Equal(await one.Reader.JournalAsync(0, 10_000, Token), await other.Reader.JournalAsync(0, 10_000, Token));
        Assert.Equal(await one.Reader.TitlesAsync(new TitleQuery(), Token), await other.Reader.TitlesAsync(new TitleQuery(), Token));
        var (mine, theirs) = (await SoundAsync(one), await SoundAsync(other));
        Assert.NotEmpty(mine);
        Assert.Equal(mine, theirs);

        async Task<List<string>> SoundAsync(IReceivedStore store) =>
            [
                .. (await store.Reader.ReadSegmentsAsync(1, 10_000, 10_000, 10_000_000, Token)).Select(s =>
                    $"{s.Info.Id} {s.Info.SectionId} {s.Info.FirstSample} {s.Info.DurationSamples} {s.Info.TimestampMs} {s.Info.StartsSection} "
                    + Convert.ToHexString(s.Info.Sha256 ?? [])
                    + Convert.ToHexString(s.Data)
                ),
            ];
    }

    [Fact]
    public async Task A_batch_that_cannot_be_right_is_left_out_and_what_came_before_it_is_kept()
    {
        var source = new SourceRecording().Open(Noon);
        await using var store = await Stores.OpenOrCreateAsync(source.Show, Token);
        var (good, right, after) = (source.Record(2).Pull(), source.Record(2).Pull(), source.Record(2).Pull());
        var bad = right with { Segments = [right.Segments[0], right.Segments[1] with { Data = SourceRecording.Bytes(99) }] };
        var at = await store.ClaimAsync(Token);
        List<PulledBatch> coming = [bad, after];
        var commit = await store.CommitAsync(at, good, () => new(Next(coming)), Token);
        Assert.Equal((1L, 2, 3L), (commit.Stored.FirstSegmentId, commit.Stored.Segments, commit.Checkpoint.NextId));
        Assert.Equal(2, (await store.Reader.SegmentsAsync(new SegmentQuery(), Token)).Count);
        var error = await Assert.ThrowsAsync<StorageException>(async () => await store.CommitAsync(commit.Checkpoint, bad, Token));
        Assert.Equal(StorageFault.RuleBroken, error.Fault);
        at = await PullAsync(store, [right, after], () => true);
        Assert.Equal(7, at.NextId);
        Assert.Equal(6, (await store.Reader.SegmentsAsync(new SegmentQuery(), Token)).Count);
    }

    private static PulledBatch? Next(List<PulledBatch> coming)
    {
        if (coming is not [var next, ..])
        {
            return null;
        }

        coming.RemoveAt(0);
        return next;
    }

    /// <summary>Commits batches, each transaction offered the ones behind as long as <paramref name="goOn"/> says so.</summary>
    private static async Task<SyncCheckpoint> PullAsync(IReceivedStore store, IReadOnlyList<PulledBatch> batches, Func<bool> goOn)
    {
        var at = await store.ClaimAsync(Token);
        for (var i = 0; i < batches.Count; )
        {
            at = (
                await store.CommitAsync(at, batches[i++], () => new(i < batches.Count && goOn() ? batches[i++] : null), Token)
            ).Checkpoint;
        }

        return at;
    }

    /// <summary>A recording of everything there is, pulled while it is made, a few segments at a time.</summary>
    private static List<PulledBatch> Cut(SourceRecording source, Random random)
    {
        var batches = new List<PulledBatch>();
        for (var section = 0; section < 8; section++)
        {
            source.Open(Noon + (section * 100 * Second));
            for (var i = random.Next(1, 6); i > 0; i--)
            {
                source.Record(random.Next(1, 4));
                source.Tell(
                    source.NowUs,
                    new TitleSet(source.Section, (source.NowUs - source.Section) * 48 / 1000, $"Song {random.Next(9)}")
                );
                if (random.Next(3) == 0)
                {
                    source.Tell(
                        source.NowUs,
                        new AnchorSet(source.Section, (source.NowUs - source.Section) * 48 / 1000, source.NowUs + 500, AnchorCause.Slew)
                    );
                    source.Tell(source.NowUs, new Trouble(GapCause.Disconnected, source.NowUs, source.NowUs + 1));
                }

                if (random.Next(2) == 0)
                {
                    batches.Add(source.Pull(random.Next(0, 4)));
                }
            }

            switch (random.Next(4))
            {
                case 0 when section < 7:
                    source.Purge().Close(); // it ends here where it is
                    break;
                default:
                    source.Close(random.Next(2) == 0 ? EndCause.Disconnected : EndCause.WindowEnd);
                    break;
            }
        }

        batches.Add(source.Pull());
        return batches;
    }
}
