using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Sqlite;
using AudioRelay.Storage.Tests.Support;
using AudioRelay.Storage.Timeline;

namespace AudioRelay.Storage.Tests.Sqlite;

public sealed class TitlesAndJournalTests : IDisposable
{
    private const long Noon = 1_790_000_000_000_000;

    private readonly TempFolder _folder = new();

    private string Path => _folder.File("show.sqlite");

    [Fact]
    public async Task Titles_stand_at_the_wall_time_of_their_sample()
    {
        await using var reader = WithTitles();
        var titles = await reader.TitlesAsync(new TitleQuery());
        Assert.Equal([Noon, Noon + 4_000_000, Noon + 60_000_000], titles.Select(t => t.UtcUs));
        Assert.Equal(["Köln Concert", "News", "Night"], titles.Select(t => t.Text));
        var down = await reader.TitlesAsync(new TitleQuery(Descending: true, Limit: 2));
        Assert.Equal(["Night", "News"], down.Select(t => t.Text));
    }

    [Theory]
    [InlineData(0, 1, "Köln Concert")]
    [InlineData(2, 3, "Köln Concert")] // still running
    [InlineData(2, 5, "Köln Concert,News")]
    [InlineData(4, 5, "News")] // began just then
    [InlineData(20, 30, "")] // the section has ended
    [InlineData(20, 61, "Night")]
    [InlineData(-5, 0, "")]
    public async Task Titles_of_a_range_are_those_that_are_heard_in_it(int fromSeconds, int untilSeconds, string expected)
    {
        await using var reader = WithTitles();
        var range = new UtcRange(Noon + (fromSeconds * 1_000_000L), Noon + (untilSeconds * 1_000_000L));
        Assert.Equal(expected, string.Join(',', (await reader.TitlesAsync(new TitleQuery(range))).Select(t => t.Text)));
    }

    [Fact]
    public async Task Titles_are_searched_whatever_their_case_and_their_letters()
    {
        await using var reader = WithTitles();
        Assert.Equal("Köln Concert", Assert.Single(await reader.TitlesAsync(new TitleQuery(Containing: "KÖLN"))).Text);
        Assert.Equal(2, (await reader.TitlesAsync(new TitleQuery(Containing: "n", SectionId: Noon))).Count);
        Assert.Empty(await reader.TitlesAsync(new TitleQuery(Containing: "%")));
    }

    [Fact]
    public async Task The_journal_is_read_in_order_after_a_number()
    {
        await using var reader = WithTitles();
        var all = await reader.JournalAsync(0, 100);
        Assert.Equal(
            "section_opened anchor title title section_closed section_opened anchor title section_closed",
            string.Join(' ', all.Select(e => e.Kind))
        );
        Assert.Equal(all.Skip(3).Take(2), await reader.JournalAsync(3, 2));
        Assert.Empty(await reader.JournalAsync(9, 100));
        Assert.Equal(9, (await reader.InfoAsync()).JournalSeq);
    }

    [Fact]
    public async Task A_restart_inside_a_window_does_not_shorten_it()
    {
        using (var store = Recording.Create(Path))
        {
            var recording = new Recording(store);
            recording.Journal(Noon, new WindowOpened(Noon));
            recording.Journal(Noon, new WindowOpened(Noon + 5_000_000));
            Assert.Equal(new WindowInfo(Noon, null), store.LastWindow);
            recording.Journal(Noon, new WindowClosed(Noon + 60_000_000));
            recording.Journal(Noon, new WindowClosed(Noon + 90_000_000));
            recording.Journal(Noon, new WindowOpened(Noon + 100_000_000));
            Assert.Equal(Noon, store.LastAliveUs);
        }

        await using var reader = SqliteShowReader.Open(Path);
        Assert.Equal(
            [new WindowInfo(Noon, Noon + 60_000_000), new WindowInfo(Noon + 100_000_000, null)],
            await reader.WindowsAsync(new UtcRange(Noon, Noon + 101_000_000))
        );
        Assert.Single(await reader.WindowsAsync(new UtcRange(Noon + 60_000_000, Noon + 101_000_000)));
    }

    [Fact]
    public async Task Gaps_of_a_day_add_up_with_the_journals_causes()
    {
        using (var store = Recording.Create(Path))
        {
            var recording = new Recording(store);
            recording.Journal(Noon, new WindowOpened(Noon));
            recording.Section(Noon + 1_000_000, end: EndCause.Disconnected);
            recording.Journal(Noon, new Trouble(GapCause.HttpStatus, Noon + 9_000_000, null, "404"));
            recording.Journal(Noon, new Trouble(GapCause.HttpStatus, Noon + 9_000_000, Noon + 12_000_000, "404"));
            recording.Section(Noon + 20_000_000, end: EndCause.WindowEnd);
            recording.Journal(Noon, new WindowClosed(Noon + 30_000_000));
        }

        await using var reader = SqliteShowReader.Open(Path);
        var timeline = await reader.TimelineAsync(new UtcRange(Noon - 10_000_000, Noon + 50_000_000));
        Assert.Equal([new UtcRange(Noon, Noon + 30_000_000)], timeline.Windows);
        Assert.Equal(
            [
                new Gap(Noon, Noon + 1_000_000, GapCause.NotRunning),
                new Gap(Noon + 7_000_000, Noon + 9_000_000, GapCause.Disconnected),
                new Gap(Noon + 9_000_000, Noon + 12_000_000, GapCause.HttpStatus, "404"),
                new Gap(Noon + 12_000_000, Noon + 20_000_000, GapCause.Disconnected),
                new Gap(Noon + 26_000_000, Noon + 30_000_000, GapCause.NotRunning),
            ],
            timeline.Gaps
        );
        var inside = await reader.TimelineAsync(new UtcRange(Noon + 13_000_000, Noon + 14_000_000));
        Assert.Equal([new Gap(Noon + 13_000_000, Noon + 14_000_000, GapCause.Disconnected)], inside.Gaps);
    }

    public void Dispose() => _folder.Dispose();

    private SqliteShowReader WithTitles()
    {
        using (var store = Recording.Create(Path))
        {
            var recording = new Recording(store);
            var batch = recording.OpenBatch(Noon);
            batch.Add(Noon, new TitleSet(Noon, 0, "Köln Concert")).Add(recording.Next(480_000));
            store.Commit(batch.Add(Noon, new TitleSet(Noon, 192_000, "News")));
            store.Commit(recording.CloseBatch());
            batch = recording.OpenBatch(Noon + 60_000_000);
            batch.Add(Noon, new TitleSet(recording.SectionId, 0, "Night")).Add(recording.Next(480_000));
            store.Commit(batch);
            store.Commit(recording.CloseBatch());
        }

        return SqliteShowReader.Open(Path);
    }
}
