using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Migrations;
using AudioRelay.Storage.Sqlite;
using AudioRelay.Storage.Tests.Support;

namespace AudioRelay.Storage.Tests.Sqlite;

public sealed class PredecessorTests : IDisposable
{
    private const long T0 = 1_790_000_000_000;

    private readonly TempFolder _folder = new();

    private string Path => _folder.File("show.sqlite");

    [Fact]
    public async Task Its_file_is_recorded_on_and_its_own_columns_stay()
    {
        using (var file = PredecessorFile.Create(Path))
        {
            PredecessorFile.Section(file, T0 * 1000, T0, 48000, (480000, [1, 2]), (480000, [3]));
            PredecessorFile.Run(file, $"insert into sections values ({(T0 + 30_000) * 1000}, {T0 + 30_000})");
        }

        var columns = Columns();
        using (var store = Recording.Create(Path))
        {
            Assert.Equal("db_a1b2c3d4e5f6", store.UniqueId);
            Assert.Equal((T0 + 20_000) * 1000, store.CoveredUntilUs);
            Assert.True(store.NextSectionId(0) > (T0 + 30_000) * 1000);
            new Recording(store).Section((T0 + 60_000) * 1000);
        }

        Assert.Equal(columns, Columns());
        await using var reader = SqliteShowReader.Open(Path);
        var sections = await reader.SectionsAsync(new SectionQuery());
        Assert.Equal([T0, T0 + 60_000], sections.Select(s => s.StartTimestampMs));
        Assert.Equal([EndCause.Disconnected, EndCause.WindowEnd], sections.Select(s => s.End!.Value));
        Assert.Equal([1L, 2, 3, 4, 5], (await reader.SegmentsAsync(new SegmentQuery())).Select(s => s.Id));
        Assert.Equal([1, 2], (await reader.SegmentAsync(1)).Segment!.Data);
        Assert.Equal(480000, (await reader.SegmentAsync(2)).Segment!.Info.FirstSample);
        Assert.Null((await reader.SegmentAsync(2)).Segment!.Info.Sha256);
        Assert.NotNull((await reader.SegmentAsync(3)).Segment!.Info.Sha256);
        var journal = await reader.JournalAsync(0, 100);
        Assert.Equal(9, journal.Count);
        Assert.Equal(new AnchorSet(T0 * 1000, 0, T0 * 1000, AnchorCause.Start), journal[1].Body);
    }

    [Fact]
    public void A_second_migration_changes_nothing()
    {
        using (var file = PredecessorFile.Create(Path))
        {
            PredecessorFile.Section(file, T0 * 1000, T0, 48000, (480000, [1, 2]));
        }

        Recording.Create(Path).Dispose();
        var before = Sql.Scalar(Path, "select count(*) || ' ' || max(seq) from journal");
        Recording.Create(Path).Dispose();
        Assert.Equal(before, Sql.Scalar(Path, "select count(*) || ' ' || max(seq) from journal"));
        Assert.Equal((long)SqliteMigrations.Newest, Sql.Scalar(Path, "select count(*) from audiorelay_schema"));
    }

    [Fact]
    public async Task Its_wav_files_tell_their_rate_by_their_timestamps()
    {
        using (var file = PredecessorFile.Create(Path, "wav"))
        {
            PredecessorFile.Section(file, 1, T0, 44100, (441344, [1]), (441344, [2]), (44100, [3]));
        }

        await using var reader = SqliteShowReader.Open(Path);
        var section = (await reader.SectionAsync(1))!;
        Assert.Equal((44100, 21015L), (section.Rate, section.DurationMs));
    }

    [Fact]
    public async Task A_section_that_is_still_being_recorded_is_not_called_ended()
    {
        await using var reader = Two();
        Assert.Equal([true, false], (await reader.SectionsAsync(new SectionQuery())).Select(s => s.Ended));
    }

    [Fact]
    public async Task What_it_adds_while_we_read_is_seen()
    {
        await using var reader = Two();
        Assert.Equal(2, (await reader.SectionsAsync(new SectionQuery())).Count);
        using (var file = Sql.Open(Path))
        {
            PredecessorFile.Section(file, 9, T0 + 90_000, 48000, (48000, [7]));
        }

        Assert.Equal(3, (await reader.SectionsAsync(new SectionQuery())).Count);
    }

    [Fact]
    public async Task Sections_come_in_order_of_their_start_whatever_order_they_were_inserted_in()
    {
        using (var file = PredecessorFile.Create(Path))
        {
            foreach (var at in new[] { 3, 1, 2 })
            {
                PredecessorFile.Section(file, 10 - at, T0 + (at * 10_000), 48000, (48000, [1]));
            }
        }

        await using var reader = SqliteShowReader.Open(Path);
        Assert.Equal([9L, 8, 7], (await reader.SectionsAsync(new SectionQuery())).Select(s => s.Id));
    }

    [Fact]
    public async Task A_segment_that_its_retention_removed_was_there()
    {
        await using var reader = Two();
        Sql.Execute(Path, "delete from sections where id = 1");
        Assert.Equal(Presence.Removed, (await reader.SegmentAsync(1)).Presence);
        Assert.Equal(Presence.Present, (await reader.SegmentAsync(2)).Presence);
        Assert.Equal(Presence.NeverWas, (await reader.SegmentAsync(3)).Presence);
        Assert.Single(await reader.SectionsAsync(new SectionQuery()));
    }

    [Fact]
    public async Task What_was_seen_before_its_retention_removed_it_still_counts_as_a_discontinuity()
    {
        await using var reader = Two();
        Assert.Equal(1, await reader.DiscontinuitiesAsync(2));
        Sql.Execute(Path, "delete from sections where id = 1");
        Assert.Null(await reader.DiscontinuitiesAsync(1));
        Assert.Equal(1, await reader.DiscontinuitiesAsync(2));
        using (var file = Sql.Open(Path))
        {
            PredecessorFile.Section(file, 9, T0 + 90_000, 48000, (48000, [7]));
        }

        Assert.Equal(2, await reader.DiscontinuitiesAsync(9));
    }

    public void Dispose() => _folder.Dispose();

    private SqliteShowReader Two()
    {
        using (var file = PredecessorFile.Create(Path))
        {
            PredecessorFile.Section(file, 1, T0, 48000, (48000, [1]));
            PredecessorFile.Section(file, 2, T0 + 10_000, 48000, (48000, [1]));
        }

        return SqliteShowReader.Open(Path);
    }

    private object? Columns() =>
        Sql.Scalar(Path, "select group_concat(sql, ';') from sqlite_master where name in ('metadata', 'sections', 'segments')");
}
