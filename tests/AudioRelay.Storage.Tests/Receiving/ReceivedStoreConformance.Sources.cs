using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Receiving;
using AudioRelay.Storage.Timeline;

namespace AudioRelay.Storage.Tests.Receiving;

/// <content>Where its sound comes from, and what happens when that changes.</content>
public abstract partial class ReceivedStoreConformance
{
    [Fact]
    public async Task No_segment_of_a_source_is_kept_twice_even_if_the_checkpoint_is_set_back()
    {
        var source = new SourceRecording().Open(Noon).Record(2).Close();
        await using var store = await Stores.OpenOrCreateAsync(source.Show, Token);
        var batch = source.Pull();
        var at = (await store.CommitAsync(await store.ClaimAsync(Token), batch, Token)).Checkpoint;
        await SqlAsync("show", "update sync_fence set next_id = 1, journal_seq = 0");
        at = at with { NextId = 1, JournalSeq = 0 };
        var again = new SourceRecording().Open(Noon + (60 * Second)).Record(2).Pull();
        var error = await Assert.ThrowsAsync<StorageException>(async () => await store.CommitAsync(at, again, Token));
        Assert.Equal(StorageFault.RuleBroken, error.Fault);
        Assert.Equal(2, (await store.Reader.SegmentsAsync(new SegmentQuery(), Token)).Count);
    }

    [Fact]
    public async Task A_source_that_was_put_back_from_a_backup_gives_its_ids_again_and_both_are_kept()
    {
        var source = new SourceRecording().Open(Noon).Record(3).Close();
        await using var store = await Stores.OpenOrCreateAsync(source.Show, Token);
        var at = (await store.CommitAsync(await store.ClaimAsync(Token), source.Pull(), Token)).Checkpoint;
        for (var time = 1; time <= 2; time++)
        {
            at = await store.ReplaceSourceAsync(at, source.Show, 2, 0, Token);
            Assert.Equal((source.Show.UniqueId, 2), (at.SourceStore, at.NextId));
            var restored = new SourceRecording(firstId: 2).Open(Noon + (time * 60 * Second)).Record(2).Close();
            at = (await store.CommitAsync(at, restored.Pull(), Token)).Checkpoint;
        }

        Assert.Equal(Enumerable.Range(1, 7), (await store.Reader.SegmentsAsync(new SegmentQuery(), Token)).Select(s => (int)s.Id));
    }

    [Fact]
    public async Task A_source_is_replaced_as_often_as_one_likes_also_when_nothing_came_in_between()
    {
        var source = new SourceRecording().Open(Noon).Record(3).Close();
        await using var store = await Stores.OpenOrCreateAsync(source.Show, Token);
        var at = (await store.CommitAsync(await store.ClaimAsync(Token), source.Pull(), Token)).Checkpoint;
        var other = source.Show with { UniqueId = "db_other" };
        foreach (var next in new[] { source.Show, source.Show, source.Show, other, source.Show, source.Show, other, other, source.Show })
        {
            at = await store.ReplaceSourceAsync(at, next, 2, 0, Token);
            Assert.Equal((next.UniqueId, 2L), (at.SourceStore, at.NextId));
        }

        var restored = new SourceRecording(firstId: 2).Open(Noon + (60 * Second)).Record(2).Close();
        await store.CommitAsync(at, restored.Pull(), Token);
        Assert.Equal([1, 2, 3, 4, 5], (await store.Reader.SegmentsAsync(new SegmentQuery(), Token)).Select(s => (int)s.Id));
    }

    [Fact]
    public async Task Another_source_goes_on_behind_what_is_here()
    {
        var source = new SourceRecording().Tell(Noon, new WindowOpened(Noon)).Open(Noon).Record(3);
        await using var store = await Stores.OpenOrCreateAsync(source.Show, Token);
        var at = (await store.CommitAsync(await store.ClaimAsync(Token), source.Pull(2), Token)).Checkpoint;

        var next = new SourceRecording("db_source000002", firstId: 7);
        var other = at with { SourceStore = "db_source000002", NextId = 7, JournalSeq = 0 };
        Assert.Equal(other, await store.ReplaceSourceAsync(at, next.Show with { Remote = "away" }, 7, 0, Token));
        Assert.Equal(("db_source000002", "away"), (store.Source.UniqueId, store.Source.Remote));
        var ended = await store.Reader.SectionAsync(Noon, Token);
        Assert.Equal((true, EndCause.PurgedOnRecorder, 2L), (ended!.Ended, ended.End, ended.Segments));
        Assert.Equal([new WindowInfo(Noon, Noon + (4 * Second))], await store.Reader.WindowsAsync(new UtcRange(0, long.MaxValue), Token));

        var later = Noon + (60 * Second);
        next.Tell(later, new WindowOpened(later)).Open(later).Record(2);
        await FencedAsync(async () => await store.CommitAsync(at, next.Pull(), Token));
        next = new SourceRecording("db_source000002", firstId: 7).Open(later).Record(2);
        var done = await store.CommitAsync(other, next.Pull(), Token);
        Assert.Equal((3L, 2, 9L), (done.Stored.FirstSegmentId, done.Stored.Segments, done.Checkpoint.NextId));
        Assert.Equal(4, (await store.Reader.SegmentsAsync(new SegmentQuery(), Token)).Count);
    }

    [Fact]
    public async Task A_show_knows_all_the_sources_it_had_also_one_it_got_nothing_from()
    {
        var first = new SourceRecording().Open(Noon).Record(1).Close();
        await using (var store = await Stores.OpenOrCreateAsync(first.Show, Token))
        {
            Assert.Equal([first.Show.UniqueId], store.Sources);
            var at = (await store.CommitAsync(await store.ClaimAsync(Token), first.Pull(), Token)).Checkpoint;
            Assert.Equal([first.Show.UniqueId], store.Sources);
            foreach (var next in new[] { "db_second", "db_third" })
            {
                at = await store.ReplaceSourceAsync(at, first.Show with { UniqueId = next }, 1, 0, Token);
            }

            Assert.Equal(["db_second", first.Show.UniqueId, "db_third"], store.Sources.Order());
        }

        await using var again = await Stores.OpenAsync(first.Show.Name, Token);
        Assert.Equal(["db_second", first.Show.UniqueId, "db_third"], again.Sources.Order());
    }

    [Fact]
    public async Task The_newest_segment_of_the_present_source_is_told_with_its_hash()
    {
        var first = new SourceRecording().Open(Noon).Record(3).Close();
        await using var store = await Stores.OpenOrCreateAsync(first.Show, Token);
        Assert.Null(await store.NewestPulledAsync(Token));
        var at = (await store.CommitAsync(await store.ClaimAsync(Token), first.Pull(), Token)).Checkpoint;
        await AssertNewest(3);
        at = await store.ReplaceSourceAsync(at, first.Show, 2, 0, Token);
        Assert.Null(await store.NewestPulledAsync(Token));
        await store.CommitAsync(at, new SourceRecording(firstId: 2).Open(Noon + (60 * Second)).Record(1).Pull(), Token);
        await AssertNewest(2);

        async Task AssertNewest(long id)
        {
            var newest = await store.NewestPulledAsync(Token);
            Assert.Equal(id, newest!.SourceId);
            Assert.Equal(System.Security.Cryptography.SHA256.HashData(SourceRecording.Bytes(id)), newest.Sha256.ToArray());
        }
    }

    [Fact]
    public async Task A_recorder_that_is_called_otherwise_in_the_configuration_is_noted_under_the_newest_claim()
    {
        var source = new SourceRecording().Open(Noon).Record(3);
        await using (var store = await Stores.OpenOrCreateAsync(source.Show, Token))
        {
            var old = await store.ClaimAsync(Token);
            var at = (await store.CommitAsync(await store.ClaimAsync(Token), source.Pull(2), Token)).Checkpoint;
            await FencedAsync(async () => await store.RenameRemoteAsync(old, "stale", Token));
            await store.RenameRemoteAsync(at, "loft", Token);
            Assert.Equal(source.Show with { Remote = "loft" }, store.Source with { SampleRate = source.Show.SampleRate });
            Assert.Equal(at, await store.CheckpointAsync(Token));
            source.Record(1);
            await store.CommitAsync(at, source.Pull(), Token); // nothing else has changed
        }

        await using var again = await Stores.OpenAsync(source.Show.Name, Token);
        Assert.Equal("loft", again.Source.Remote);
    }

    [Fact]
    public async Task A_source_of_another_format_is_refused()
    {
        var source = new SourceRecording();
        await using var store = await Stores.OpenOrCreateAsync(source.Show, Token);
        var at = await store.ClaimAsync(Token);
        var other = source.Show with { UniqueId = "db_other", AudioFormat = "aac" };
        var error = await Assert.ThrowsAsync<StorageException>(async () => await store.ReplaceSourceAsync(at, other, 1, 0, Token));
        Assert.Equal(StorageFault.ConfigMismatch, error.Fault);
        Assert.Equal(source.Show, store.Source);
    }

    [Fact]
    public async Task A_source_without_a_journal_is_kept_the_same_way()
    {
        var source = new SourceRecording();
        await using var store = await Stores.OpenOrCreateAsync(source.Show, Token);
        var at = await store.ClaimAsync(Token);
        var later = Noon + (60 * Second);
        var told = source.Open(Noon).Record(2).Close().Open(later).Record(1).Pull();
        PulledBatch AsVersion1(params PulledSegment[] segments) =>
            new()
            {
                Journal = [.. told.Journal.Select(e => e with { Seq = 0 })],
                Segments = [.. segments.Select(s => s with { Sha256 = default })],
                NextId = segments[^1].SourceId + 1,
                JournalSeq = 0,
            };
        at = (await store.CommitAsync(at, AsVersion1(told.Segments[0]), Token)).Checkpoint;
        Assert.False((await store.Reader.SectionAsync(Noon, Token))!.Ended);
        at = (await store.CommitAsync(at, AsVersion1(told.Segments[1], told.Segments[2]), Token)).Checkpoint;
        Assert.Equal(0, at.JournalSeq);
        var sections = await store.Reader.SectionsAsync(new SectionQuery(), Token);
        Assert.Equal([(Noon, true, 2L), (later, false, 1L)], sections.Select(s => (s.Id, s.Ended, s.Segments)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_recorder_that_is_upgraded_in_place_tells_its_past_and_nothing_comes_twice_or_comes_back(bool isRemovedHere)
    {
        var source = new SourceRecording();
        for (var i = 0; i < 3; i++)
        {
            source.Open(Noon + (i * 60 * Second)).Record(3).Close(EndCause.Disconnected);
        }

        source.Open(Noon + (180 * Second)).Record(2);
        var pulled = source.Pull();
        await using var store = await Stores.OpenOrCreateAsync(source.Show, Token);
        // As a recorder without a journal: the sections of each batch are told with it, and nothing is hashed.
        var from = await store.ClaimAsync(Token);
        var at = (await store.CommitAsync(from, WithoutJournal(pulled), Token)).Checkpoint;
        Assert.Equal((12L, 0L), (at.NextId, at.JournalSeq));
        if (isRemovedHere)
        {
            await store.RetainAsync(at, Noon + (365L * 86_400 * Second), Token); // so long ago that nobody remembers
            Assert.Single(await store.Reader.SectionsAsync(new SectionQuery(), Token));
        }

        var before = await store.Reader.SectionsAsync(new SectionQuery(), Token);
        var entries = (await store.Reader.JournalAsync(0, 1000, Token)).Count;

        // Upgraded, it tells all of it, goes on with the open section and begins another.
        var told = pulled.Journal;
        source.Record(1).Close(EndCause.Disconnected).Open(Noon + (240 * Second)).Record(2);
        var next = source.Pull();
        var batch = next with { Journal = [.. told, .. next.Journal] };
        at = (await store.CommitAsync(at, batch, Token)).Checkpoint;
        Assert.Equal((15L, batch.JournalSeq), (at.NextId, at.JournalSeq));

        var after = await store.Reader.SectionsAsync(new SectionQuery(), Token);
        Assert.Equal([.. before.Select(s => s.Id), Noon + (240 * Second)], after.Select(s => s.Id));
        var open = after.Single(s => s.Id == Noon + (180 * Second));
        Assert.Equal((true, EndCause.Disconnected, 3L, 288_000L), (open.Ended, open.End, open.Segments, open.Samples));
        Assert.Equal(before.Where(s => s.Ended).Select(Told), after.Where(s => before.Any(b => b.Ended && b.Id == s.Id)).Select(Told));
        // The end of the one, the opening and the start of the other.
        Assert.Equal(entries + 3, (await store.Reader.JournalAsync(0, 1000, Token)).Count);
        var timeline = await store.Reader.TimelineAsync(new UtcRange(Noon, Noon + (300 * Second)), Token);
        Assert.DoesNotContain(timeline.Gaps, gap => gap.Cause == GapCause.PurgedOnRecorder);
        source.Record(1);
        await store.CommitAsync(at, source.Pull(), Token);

        static string Told(SectionInfo s) => $"{s.Id} {s.Segments} {s.Samples} {s.StartUs} {s.EndUs} {s.End}";

        static PulledBatch WithoutJournal(PulledBatch batch) =>
            batch with
            {
                Journal = [.. batch.Journal.Where(e => e.Body is SectionOpened or AnchorSet).Select(e => e with { Seq = 0 })],
                Segments = [.. batch.Segments.Select(s => s with { Sha256 = default })],
                JournalSeq = 0,
            };
    }
}
