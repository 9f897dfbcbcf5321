using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Retention;
using AudioRelay.Storage.Sqlite;
using AudioRelay.Storage.Tests.Support;
using AudioRelay.Storage.Timeline;

namespace AudioRelay.Storage.Tests.Retention;

/// <summary>
/// I8: whole sections that ended before the limit and that nothing holds, and nothing else. The ages are those of the predecessor's tests of
/// its cleanup; what must survive is ours: nothing younger than the limit goes, and no section is kept only for being the last one.
/// </summary>
public sealed class RetentionTests : IDisposable
{
    private const long Hour = 3_600_000_000;
    private const long Now = 1_790_000_000_000_000;
    private const long Limit = Now - (168 * Hour);

    private readonly TempFolder _folder = new();

    private string Path => _folder.File("show.sqlite");

    [Theory]
    [InlineData(new[] { 300, 175, 50 }, 1)]
    [InlineData(new[] { 100, 50, 10 }, 3)]
    [InlineData(new[] { 5 }, 1)]
    [InlineData(new int[0], 0)]
    [InlineData(new[] { 504, 336, 120 }, 1)]
    [InlineData(new[] { 300, 250, 200, 175, 50 }, 1)]
    [InlineData(new[] { 500, 400, 300, 175, 50 }, 1)]
    [InlineData(new[] { 400, 300, 200 }, 0)]
    public void Sections_that_ended_before_the_limit_go_and_the_others_stay_whole(int[] startedHoursAgo, int survivors)
    {
        using var store = Recording.Create(Path);
        foreach (var age in startedHoursAgo)
        {
            new Recording(store).Section(Now - (age * Hour));
        }

        Clean(store, Limit);
        Assert.Equal((long)survivors, Sql.Scalar(Path, "select count(*) from sections"));
        Assert.Equal(survivors * 3L, Sql.Scalar(Path, "select count(*) from segments"));
        Assert.Equal(survivors * 3L, Sql.Scalar(Path, "select count(*) from segment_facts"));
        foreach (var table in new[] { "section_facts", "anchors" })
        {
            Assert.Equal((long)survivors, Sql.Scalar(Path, $"select count(*) from {table}"));
        }
    }

    [Theory]
    [InlineData(-1, false)] // ended 1 µs before the limit
    [InlineData(0, true)] // ended exactly at it
    [InlineData(3_000_000, true)] // straddles it: part of it is younger
    public void A_section_is_judged_by_its_end(long endAfterLimitUs, bool stays)
    {
        using var store = Recording.Create(Path);
        new Recording(store).Section(Limit + endAfterLimitUs - 6_000_000);
        Clean(store, Limit);
        Assert.Equal(stays ? 3L : 0L, Sql.Scalar(Path, "select count(*) from segments"));
    }

    [Fact]
    public void A_section_that_is_being_recorded_stays_however_old_it_is()
    {
        using var store = Recording.Create(Path);
        var recording = new Recording(store);
        recording.Section(Now - (350 * Hour), end: null);
        Clean(store, Limit);
        Assert.Equal(3L, Sql.Scalar(Path, "select count(*) from segments"));
        store.Commit(new StoreBatch().Add(recording.Next(96000)));
    }

    [Theory]
    [InlineData(-1000, 0, false)] // ends where the section begins
    [InlineData(-1000, 1, true)] // shares 1 µs
    [InlineData(1_000_000, 2_000_000, true)] // lies inside
    [InlineData(5_999_999, 9_000_000, true)]
    [InlineData(6_000_000, 9_000_000, false)] // begins where the section ends
    [InlineData(-1000, null, true)] // never ends
    public void A_section_that_shares_time_with_a_hold_stays_whole(int from, int? until, bool stays)
    {
        using var store = Recording.Create(Path);
        var start = Now - (300 * Hour);
        new Recording(store).Section(start);
        var hold = store.Holds.Add(start + from, start + until, "a bookmark");
        Clean(store, Limit);
        Assert.Equal(stays ? 3L : 0L, Sql.Scalar(Path, "select count(*) from segments"));

        Assert.Equal([hold], store.Holds.All());
        Assert.True(store.Holds.Remove(hold.Id));
        Assert.False(store.Holds.Remove(hold.Id));
        Clean(store, Limit);
        Assert.Equal(0L, Sql.Scalar(Path, "select count(*) from segments"));
    }

    [Fact]
    public async Task Of_a_chain_the_old_sections_go_and_the_young_one_keeps_its_place_in_it()
    {
        using var store = Recording.Create(Path);
        var recording = new Recording(store);
        var first = recording.Section(Limit - 8_000_000, end: EndCause.Continued);
        var second = recording.OpenBatch(Limit - 2_000_000, continues: first, chainSamples: 288_000);
        store.Commit(second.Add(recording.Next(96000)).Add(recording.Next(96000)));
        store.Commit(recording.CloseBatch());
        Clean(store, Limit);

        await using var reader = SqliteShowReader.Open(Path);
        var left = Assert.Single(await reader.SectionsAsync(new SectionQuery()));
        Assert.Equal((first, 288_000L, 2L), (left.Continues, left.ChainSamples, left.Segments));
    }

    [Fact]
    public async Task What_is_hidden_is_gone_for_readers_at_once_and_says_that_it_was_there()
    {
        using var store = Recording.Create(Path);
        var recording = new Recording(store);
        var old = recording.Section(Now - (300 * Hour));
        var young = recording.Section(Now - (10 * Hour));
        store.Commit(new StoreBatch().Add(Now, new WindowOpened(Now - (301 * Hour))));
        await using var reader = SqliteShowReader.Open(Path);
        Assert.Equal(1, (await reader.InfoAsync()).MinId);

        Assert.Equal([old], store.Retention.HideBefore(Limit, Now).Select(s => s.Id));
        Assert.Equal(6L, Sql.Scalar(Path, "select count(*) from segments"));
        for (var deleted = false; ; deleted = true)
        {
            Assert.Equal([young], (await reader.SectionsAsync(new SectionQuery())).Select(s => s.Id));
            Assert.Equal([4L, 5, 6], (await reader.SegmentsAsync(new SegmentQuery())).Select(s => s.Id));
            Assert.Equal([4L, 5, 6], (await reader.ReadSegmentsAsync(1, 9, 9, 9999)).Select(s => s.Info.Id));
            Assert.Equal((4L, 6L), ((await reader.InfoAsync()).MinId, (await reader.InfoAsync()).MaxId));
            Assert.Equal(Presence.Removed, (await reader.SegmentAsync(2)).Presence);
            Assert.Equal(Presence.NeverWas, (await reader.SegmentAsync(7)).Presence);
            Assert.Equal(Presence.Removed, await reader.SectionPresenceAsync(old));
            Assert.Null(await reader.SectionAsync(old));
            Assert.Empty(await reader.SegmentsAsync(new SegmentQuery(SectionId: old)));
            var timeline = await reader.TimelineAsync(new UtcRange(Now - (300 * Hour), Now - (300 * Hour) + 7_000_000));
            Assert.Equal(GapCause.PurgedOnRecorder, timeline.Gaps[0].Cause);
            Assert.Equal((Now - (300 * Hour), Now - (300 * Hour) + 6_000_000), (timeline.Gaps[0].FromUs, timeline.Gaps[0].UntilUs));
            if (deleted)
            {
                break;
            }

            Clean(store, Limit);
        }

        var entry = Assert.Single(await reader.JournalAsync(0, 100), e => e.Kind == "retention");
        Assert.Equal(new SectionRemoved(old, Now - (300 * Hour), Now - (300 * Hour) + 6_000_000, 1, 3), entry.Body);
    }

    [Fact]
    public void A_run_that_was_cut_off_is_finished_by_the_next_one()
    {
        using (var store = Recording.Create(Path))
        {
            new Recording(store).Section(Now - (300 * Hour), segments: 100);
            store.Retention.HideBefore(Limit, Now);
            Assert.True(store.Retention.DeleteSlice(RetentionRun.SliceBudget, TimeProvider.System).More);
        }

        Assert.NotEqual(0L, Sql.Scalar(Path, "select count(*) from segments"));
        using var again = Recording.Create(Path);
        Clean(again, Limit);
        Assert.Equal(0L, Sql.Scalar(Path, "select count(*) from segments"));
        Assert.Equal("ok", Sql.Scalar(Path, "pragma integrity_check"));
        Assert.Equal(1L, Sql.Scalar(Path, "select count(*) from journal where kind = 'retention'"));
    }

    [Fact]
    public void The_story_of_the_past_is_kept_thirty_days_beyond_the_limit()
    {
        using var store = Recording.Create(Path);
        var recording = new Recording(store);
        foreach (var daysBeyond in new[] { 31, 29 })
        {
            var at = Limit - (daysBeyond * 24 * Hour);
            recording.Journal(at, new WindowOpened(at));
            recording.Journal(at, new Trouble(GapCause.ConnectFailed, at, at + 1));
            recording.Journal(at, new WindowClosed(at + Hour));
            recording.Journal(at, new Alive(at));
        }

        recording.Journal(Now, new Alive(Now));
        Clean(store, Limit);
        Assert.Equal(1L, Sql.Scalar(Path, "select count(*) from windows"));
        Assert.Equal(1L, Sql.Scalar(Path, "select count(*) from troubles"));
        Assert.Equal(3L, Sql.Scalar(Path, "select count(*) from journal where kind <> 'alive'"));
        Assert.Equal(1L, Sql.Scalar(Path, "select count(*) from journal where kind = 'alive'"));
    }

    [Fact]
    public void Troubles_without_an_end_do_not_pile_up_but_the_one_that_goes_on_is_told()
    {
        using var store = Recording.Create(Path);
        var recording = new Recording(store);
        var old = Limit - (40 * 24 * Hour);
        for (var hour = 0; hour < 20; hour++)
        {
            recording.Journal(old + (hour * Hour), new Trouble(GapCause.ConnectFailed, old + (hour * Hour), null));
        }

        Clean(store, Limit);
        Assert.Equal(old + (19 * Hour), Sql.Scalar(Path, "select sum(from_us) from troubles"));
    }

    [Fact]
    public void The_opening_of_a_window_that_is_open_stays_in_the_journal_however_long_ago_it_was()
    {
        using var store = Recording.Create(Path);
        var recording = new Recording(store);
        var old = Limit - (40 * 24 * Hour);
        recording.Journal(old, new WindowOpened(old));
        recording.Journal(old + Hour, new WindowClosed(old + Hour));
        recording.Journal(old + (2 * Hour), new WindowOpened(old + (2 * Hour)));
        Clean(store, Limit);
        Assert.Equal(1L, Sql.Scalar(Path, "select count(*) from journal"));
        Assert.Equal(old + (2 * Hour), Sql.Scalar(Path, "select json_extract(body, '$.from_us') from journal"));
    }

    [Fact]
    public void A_file_whose_old_sections_go_does_not_grow()
    {
        using var store = Recording.Create(Path);
        var recording = new Recording(store);
        var pages = new List<long>();
        for (var hour = 0; hour < 60; hour++)
        {
            recording.Section(Now + (hour * Hour), segments: 20, bytes: 20_000);
            Clean(store, Now + ((hour - 10) * Hour));
            pages.Add(store.Pragma("page_count"));
        }

        Assert.True(pages[^1] <= pages[20] + 20, $"{pages[20]} pages after 20 hours, {pages[^1]} after 60");
        Assert.Equal("ok", Sql.Scalar(Path, "pragma integrity_check"));
    }

    [Fact]
    public void A_shorter_retention_gives_the_space_back()
    {
        using var store = Recording.Create(Path);
        new Recording(store).Section(Now - (300 * Hour), segments: 600, bytes: 20_000);
        var before = store.Pragma("page_count");
        Clean(store, Limit);
        while (store.Retention.ShrinkSlice())
        {
            Assert.True(store.Pragma("page_count") < before);
        }

        Assert.True(store.Pragma("page_count") < before / 2, $"{before} pages, then {store.Pragma("page_count")}");
        Assert.Equal("ok", Sql.Scalar(Path, "pragma integrity_check"));
    }

    public void Dispose() => _folder.Dispose();

    private static void Clean(ShowStore store, long limitUs)
    {
        while (store.Retention.HideBefore(limitUs, Now).Count > 0)
        {
            // At most 256 at a time.
        }

        while (store.Retention.DeleteSlice(RetentionRun.SliceBudget, TimeProvider.System).More)
        {
            // A slice at a time.
        }

        while (store.Retention.ForgetBefore(limitUs) > 0)
        {
            // At most 500 at a time.
        }
    }
}
