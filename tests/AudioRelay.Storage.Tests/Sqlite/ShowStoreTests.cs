using System.Security.Cryptography;
using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Sqlite;
using AudioRelay.Storage.Tests.Support;
using AudioRelay.Storage.Timeline;

namespace AudioRelay.Storage.Tests.Sqlite;

public sealed class ShowStoreTests : IDisposable
{
    private const long Noon = 1_790_000_000_000_000;

    private readonly TempFolder _folder = new();

    private string Path => _folder.File("show.sqlite");

    [Fact]
    public async Task What_was_committed_is_read_back_byte_for_byte()
    {
        byte[] data;
        using (var store = Recording.Create(Path))
        {
            var recording = new Recording(store);
            var batch = recording.OpenBatch(Noon);
            var first = recording.Next(96000 - 312, 5000);
            data = first.Data.ToArray();
            var result = store.Commit(batch.Add(first).Add(recording.Next(96000, 4000)));
            Assert.Equal(new CommitResult(1, 2, 2, 2), result);
        }

        await using var reader = SqliteShowReader.Open(Path);
        var lookup = await reader.SegmentAsync(1);
        Assert.Equal(Presence.Present, lookup.Presence);
        Assert.Equal(data, lookup.Segment!.Data);
        Assert.Equal(SHA256.HashData(data), lookup.Segment.Info.Sha256);
        Assert.Equal(
            (95688L, true, 5000),
            (lookup.Segment.Info.DurationSamples, lookup.Segment.Info.StartsSection, lookup.Segment.Info.Size)
        );
        var second = (await reader.SegmentAsync(2)).Segment!.Info;
        Assert.Equal((95688L, false, Times.ToMs(Noon + 1_993_500)), (second.FirstSample, second.StartsSection, second.TimestampMs));
    }

    [Fact]
    public void A_new_file_is_a_predecessors_file_to_whoever_reads_its_tables()
    {
        using (var store = Recording.Create(Path))
        {
            new Recording(store).Section(Noon);
        }

        Assert.Equal("4", Sql.Scalar(Path, "select value from metadata where key = 'version'"));
        Assert.Equal("false", Sql.Scalar(Path, "select value from metadata where key = 'is_recipient'"));
        Assert.Matches("^db_[a-z0-9]{12}$", (string)Sql.Scalar(Path, "select value from metadata where key = 'unique_id'")!);
        Assert.Equal(Noon.ToString(), Sql.Scalar(Path, "select value from metadata where key = 'pending_section_id'"));
        Assert.Equal(Noon / 1000, Sql.Scalar(Path, "select start_timestamp_ms from sections"));
        Assert.Equal(
            3 * 96000L,
            Sql.Scalar(Path, "select sum(duration_samples) from segments where section_id = (select id from sections)")
        );
        Assert.Equal(1L, Sql.Scalar(Path, "select count(*) from segments where is_timestamp_from_source = 1"));
    }

    [Fact]
    public void The_connection_writes_as_durably_as_promised()
    {
        using var store = Recording.Create(Path);
        new Recording(store).Section(Noon);
        Assert.Equal("wal", Sql.Scalar(Path, "pragma journal_mode"));
        Assert.Equal(2L, Sql.Scalar(Path, "pragma auto_vacuum"));
        Assert.Equal(2, store.Pragma("synchronous"));
        Assert.Equal(0, store.Pragma("secure_delete"));
        Assert.Equal(-128, store.Pragma("cache_size"));
        Assert.Equal(1, store.Pragma("foreign_keys"));
    }

    [Fact]
    public void A_store_opened_again_goes_on_where_it_was()
    {
        using (var store = Recording.Create(Path))
        {
            new Recording(store).Section(Noon, end: null);
        }

        using var again = Recording.Create(Path);
        var open = again.LastSection!;
        Assert.Equal((Noon, 288000L, false), (open.Id, open.Samples, open.Ended));
        Assert.Equal(Noon + 6_000_000, again.CoveredUntilUs);
        Assert.Equal(new CommitResult(null, 0, 3, 2), again.Position);
        Assert.Equal(Noon + 1, again.NextSectionId(Noon - 1));
        again.Commit(new StoreBatch().Add(Noon, new SectionClosed(Noon, EndCause.NotRunning, 288000, 0, Noon)));
        Assert.Equal(4, again.Commit(new Recording(again).OpenBatch(Noon + 9_000_000).Add(Noon, new Alive(Noon))).JournalSeq - 2);
    }

    [Fact]
    public void Segment_ids_are_never_used_twice_even_when_the_last_ones_are_gone()
    {
        using var store = Recording.Create(Path);
        var recording = new Recording(store);
        recording.Section(Noon);
        store.Retention.HideBefore(long.MaxValue, Noon);
        while (store.Retention.DeleteSlice(TimeSpan.FromSeconds(1), TimeProvider.System).More)
        {
            Assert.InRange(store.Position.MaxId, 3, 3);
        }

        Assert.Equal(0L, Sql.Scalar(Path, "select count(*) from segments"));
        Assert.Equal(4, store.Commit(recording.OpenBatch(Noon + 10_000_000).Add(recording.Next(960))).FirstSegmentId);
    }

    [Fact]
    public void Sections_that_would_overlap_in_time_are_refused_and_nothing_of_the_batch_stays()
    {
        using var store = Recording.Create(Path);
        var recording = new Recording(store);
        recording.Section(Noon);
        var before = store.Position;
        var early = recording.OpenBatch(Noon + 5_999_999).Add(recording.Next(960));
        Assert.Equal(StorageFault.RuleBroken, Assert.Throws<StorageException>(() => store.Commit(early)).Fault);
        Assert.Equal(before, store.Position);
        Assert.Equal(1L, Sql.Scalar(Path, "select count(*) from sections"));

        var touching = recording.OpenBatch(Noon + 6_000_000).Add(recording.Next(960));
        Assert.Equal(4, store.Commit(touching).FirstSegmentId);
    }

    [Fact]
    public void A_hole_or_a_repeat_of_samples_inside_a_section_is_refused()
    {
        using var store = Recording.Create(Path);
        var recording = new Recording(store);
        store.Commit(recording.OpenBatch(Noon).Add(recording.Next(960)));
        foreach (var wrong in new long[] { 0, 959, 961 })
        {
            var batch = new StoreBatch().Add(new NewSegment(recording.SectionId, wrong, 960, 0, new byte[1]));
            Assert.Equal(StorageFault.RuleBroken, Assert.Throws<StorageException>(() => store.Commit(batch)).Fault);
        }

        store.Commit(new StoreBatch().Add(recording.Next(960)));
    }

    [Fact]
    public void A_section_opens_only_when_the_one_before_is_closed_with_all_its_samples()
    {
        using var store = Recording.Create(Path);
        var recording = new Recording(store);
        recording.Section(Noon, end: null);
        Refused(store, new Recording(store).OpenBatch(Noon + 60_000_000));
        Refused(store, new StoreBatch().Add(Noon, new SectionClosed(Noon, EndCause.Silent, 287999, 0, Noon)));
        store.Commit(recording.CloseBatch(EndCause.Silent));
        Refused(store, new StoreBatch().Add(recording.Next(960)));
        Refused(store, new StoreBatch().Add(Noon, new TitleSet(Noon, 0, "late")));
    }

    [Fact]
    public void A_segment_needs_the_sections_start_anchor()
    {
        using var store = Recording.Create(Path);
        var batch = new StoreBatch()
            .Add(Noon, new SectionOpened(Noon, "opus", 48000, 1, 312, 960))
            .Add(new NewSegment(Noon, 0, 960, 0, new byte[1]));
        Refused(store, batch);
    }

    [Fact]
    public async Task A_slew_moves_the_end_and_a_jump_leaves_a_hole_in_the_coverage()
    {
        using var store = Recording.Create(Path);
        var recording = new Recording(store);
        store.Commit(recording.OpenBatch(Noon).Add(recording.Next(480000)));
        store.Commit(
            new StoreBatch()
                .Add(Noon, new WindowOpened(Noon))
                .Add(Noon, new AnchorSet(Noon, 480000, Noon + 10_005_000, AnchorCause.Slew))
                .Add(Noon, new AnchorSet(Noon, 480000, Noon + 13_000_000, AnchorCause.Jump))
                .Add(Noon, new Trouble(GapCause.Stalled, Noon + 10_000_000, Noon + 13_000_000))
        );
        Assert.Equal(Noon + 10_005_000, store.CoveredUntilUs);
        store.Commit(new StoreBatch().Add(recording.Next(48000)));
        Assert.Equal(Noon + 14_000_000, store.CoveredUntilUs);

        await using var reader = SqliteShowReader.Open(Path);
        var timeline = await reader.TimelineAsync(new UtcRange(Noon, Noon + 14_000_000));
        Assert.Equal([new UtcRange(Noon, Noon + 10_005_000), new UtcRange(Noon + 13_000_000, Noon + 14_000_000)], timeline.Coverage);
        Assert.Equal([new Gap(Noon + 10_005_000, Noon + 13_000_000, GapCause.Stalled)], timeline.Gaps);
    }

    [Fact]
    public void Several_batches_of_a_group_are_written_together_or_not_at_all()
    {
        using var store = Recording.Create(Path);
        var recording = new Recording(store);
        var good = recording.OpenBatch(Noon).Add(recording.Next(960));
        var bad = new StoreBatch().Add(new NewSegment(1, 0, 960, 0, new byte[1]));
        Assert.Throws<StorageException>(() => store.Commit([good, bad]));
        Assert.Equal(0L, Sql.Scalar(Path, "select count(*) from segments"));
        var results = store.Commit([good, new StoreBatch().Add(recording.Next(960)).Add(recording.Next(960))]);
        Assert.Equal([new CommitResult(1, 1, 1, 2), new CommitResult(2, 2, 3, 2)], results);
    }

    [Fact]
    public void Whoever_listens_hears_of_each_commit_after_it_is_safe()
    {
        var heard = new List<CommitResult>();
        using var store = Recording.Create(Path, options: new StoreOptions { Committed = heard.Add });
        new Recording(store).Section(Noon, segments: 2);
        Assert.Equal([1L, 2L, 2L], heard.Select(h => h.MaxId));
        Assert.Equal([2L, 2L, 3L], heard.Select(h => h.JournalSeq));
    }

    [Fact]
    public void The_rate_of_a_copied_show_is_noted_when_its_first_section_tells_it()
    {
        using (var store = Recording.Create(Path, new ShowSettings("show", "copy", 0, 0)))
        {
            new Recording(store, 44100, "mp3").Section(Noon);
        }

        Assert.Equal("44100", Sql.Scalar(Path, "select value from metadata where key = 'sample_rate'"));
        Assert.Equal("0", Sql.Scalar(Path, "select value from metadata where key = 'bitrate'"));
    }

    [Fact]
    public void The_sqlite_library_tells_its_version() => Assert.Matches(@"^3\.\d+\.\d+", SqliteLibrary.Version());

    public void Dispose() => _folder.Dispose();

    private static void Refused(ShowStore store, StoreBatch batch) =>
        Assert.Equal(StorageFault.RuleBroken, Assert.Throws<StorageException>(() => store.Commit(batch)).Fault);
}
