using AudioRelay.Storage.Migrations;
using AudioRelay.Storage.Sqlite;
using AudioRelay.Storage.Tests.Support;
using AudioRelay.Storage.Timeline;
using SQLitePCL;

namespace AudioRelay.Storage.Tests.Sqlite;

/// <summary>What a page, a playlist, a look at what is live and a pull ask for is found by index, however much lies beside it.</summary>
public sealed class ReadPlanTests(ITestOutputHelper output) : IDisposable
{
    private const long Hour = LongHistory.Hour;
    private readonly TempFolder _folder = new();

    [Fact]
    public void No_statement_of_a_page_or_a_pull_reads_a_whole_table()
    {
        var path = _folder.File("show.sqlite");
        LongHistory.Write(path, 10);
        using var database = Database.OpenForReading(path, immutable: false);
        database.Handle.enable_sqlite3_next_stmt(true);
        foreach (var (_, read) in Reads(10))
        {
            read(database);
        }

        var statements = new List<string>();
        for (
            var one = raw.sqlite3_next_stmt(database.Handle, null);
            one is { IsInvalid: false };
            one = raw.sqlite3_next_stmt(database.Handle, one)
        )
        {
            statements.Add(raw.sqlite3_sql(one).utf8_to_string());
        }

        Assert.True(statements.Count > 20, $"only {statements.Count} statements were run");
        var whole = statements.SelectMany(sql => Plan(database, sql).Where(ReadsAll).Select(step => $"{step} in:\n{sql}"));
        Assert.Empty(whole);
    }

    [Fact]
    public void A_page_of_a_year_costs_no_more_steps_than_one_of_ten_days()
    {
        var (few, many) = (Steps(10), Steps(365));
        foreach (var (what, steps) in many)
        {
            output.WriteLine($"{what, -40} {few[what], 8} {steps, 8} hundred steps");
            // An index gets a level deeper, nothing else grows.
            Assert.True(steps <= few[what] + 2, $"{what}: {few[what]} hundred steps after ten days, {steps} after a year");
        }
    }

    [Fact]
    public void A_file_from_before_sections_were_numbered_has_its_discontinuities_counted()
    {
        var path = _folder.File("before.sqlite");
        LongHistory.Write(path, 2);
        // The sixth continues the fifth.
        Sql.Execute(path, $"update section_facts set continues = {Start(4)}, era = era - 1 where section_id = {Start(5)}");
        Sql.Execute(path, $"update section_facts set era = era - 1 where section_id > {Start(5)}");
        using var database = Database.OpenForReading(path, immutable: false);
        foreach (var section in Enumerable.Range(0, 48))
        {
            var numbered = new OwnQueries(SqliteMigrations.Newest).Discontinuities(database, Start(section));
            Assert.Equal(numbered, new OwnQueries(schema: 5).Discontinuities(database, Start(section)));
            Assert.Equal(section < 5 ? section : section - 1, numbered);
        }
    }

    [Fact]
    public void What_overlaps_a_range_is_found_however_long_ago_it_began()
    {
        var path = _folder.File("random.sqlite");
        LongHistory.Write(path, 1);
        var random = new Random(1);
        // Some in each other, some empty, some without an end, from a second to a year.
        long Length() => random.Next(8) == 0 ? 0 : (long)Math.Pow(10, 6 + (random.NextDouble() * 7.5));
        var from = LongHistory.Noon;
        using (var file = Sql.Open(path))
        using (var transaction = file.BeginTransaction())
        {
            for (var i = 1; i <= 300; i++)
            {
                from += Length() / 10;
                var (start, end) = (from + 1, from + 1 + Length());
                PredecessorFile.Run(
                    file,
                    $"""
                    insert or ignore into sections (id, start_timestamp_ms) values ({start}, {start / 1000});
                    insert or ignore into section_facts (section_id, codec, rate, channels, encoder_delay, frame_samples, segments, start_us, end_us,
                        end_cause, ended) values ({start}, 'opus', 48000, 1, 312, 960, 1, {start}, {end}, 'disconnected', {(
                        i == 250 ? 0 : 1
                    )});
                    insert or ignore into windows values ({start}, {(i == 200 ? "null" : end)});
                    insert or ignore into troubles (from_us, cause, until_us) values ({start}, 'disconnected', {(
                        i % 9 == 0 ? "null" : end
                    )});
                    insert or ignore into removals (section_id, from_us, until_us) values ({i}, {start}, {end});
                    """
                );
            }

            transaction.Commit();
        }

        using var database = Database.OpenForReading(path, immutable: false);
        var queries = new OwnQueries(SqliteMigrations.Newest);
        for (var i = 0; i < 400; i++)
        {
            var begin = LongHistory.Noon + (long)(random.NextDouble() * (from - LongHistory.Noon));
            var range = new UtcRange(begin, begin + 1 + Length());
            Assert.Equal(
                All(
                    database,
                    "select section_id from section_facts where segments > 0 and start_us < ?2 and end_us > ?1 order by start_us",
                    range
                ),
                queries.Sections(database, new SectionQuery(range)).Select(s => s.Id)
            );
            Assert.Equal(
                All(
                    database,
                    "select section_id from section_facts where segments > 0 and start_us < ?2 and end_us > ?1 order by start_us desc limit 3",
                    range
                ),
                queries.Sections(database, new SectionQuery(range, Descending: true, Limit: 3)).Select(s => s.Id)
            );
            Assert.Equal(
                All(database, "select from_us from windows where from_us < ?2 and (until_us is null or until_us > ?1) order by 1", range),
                queries.Windows(database, range).Select(w => w.FromUs)
            );
            var explained = queries.Explanations(database, range);
            Assert.Equal(
                All(database, "select from_us from removals where from_us < ?2 and until_us > ?1 order by 1", range),
                explained.Where(e => e.Rank == ExplanationRank.Removal).Select(e => e.FromUs).Order()
            );
            Assert.Equal(
                All(
                    database,
                    """
                    select from_us from troubles where from_us < ?2 and (until_us > ?1 or until_us is null and (from_us >= ?1 or not exists (
                        select 1 from section_facts where section_facts.start_us < ?1 and section_facts.segments > 0
                        and section_facts.end_us > troubles.from_us + 2000000))) order by 1
                    """,
                    range
                ),
                explained.Where(e => e.Rank == ExplanationRank.Trouble).Select(e => e.FromUs).Order()
            );
            Assert.Equal(
                All(
                    database,
                    """
                    select end_us from section_facts where segments > 0 and ended = 1 and end_us < ?2
                    and end_us >= coalesce((select max(end_us) from section_facts where end_us <= ?1 and segments > 0), ?1) order by 1
                    """,
                    range
                ),
                explained.Where(e => e.Rank == ExplanationRank.SectionEnd).Select(e => e.FromUs).Order()
            );
        }
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>What is asked for by whom opens a show, listens, follows or pulls: at the newest end, the oldest and in the middle.</summary>
    private static IEnumerable<(string What, Action<Database> Read)> Reads(int days)
    {
        var queries = new OwnQueries(SqliteMigrations.Newest);
        var (sections, end) = (days * 24, LongHistory.Noon + (days * 24 * Hour));
        yield return ("how far it reaches", d => queries.Reach(d));
        yield return ("until when it is known", d => ReceivedFacts.KnownUntilUs(d));
        yield return ("newest 50 sections", d => queries.Sections(d, new SectionQuery(Descending: true, Limit: 50)));
        yield return ("oldest section", d => queries.Sections(d, new SectionQuery(Limit: 1)));
        yield return (
            "50 sections from the middle on",
            d => queries.Sections(d, new SectionQuery(Descending: true, After: Start(sections / 2), Limit: 50))
        );
        foreach (var (where, from) in ((string, long)[])[("last", end - (24 * Hour)), ("first", Start(0)), ("middle", Start(sections / 2))])
        {
            var day = new UtcRange(from, from + (24 * Hour));
            var section = Start((int)((from - LongHistory.Noon) / Hour) + 2);
            var id = ((from - LongHistory.Noon) / Hour * 3) + 5;
            yield return ($"sections of the {where} day", d => queries.Sections(d, new SectionQuery(day)));
            yield return ($"timeline of the {where} day", d => RangeReads.Timeline(d, queries, day));
            yield return ($"titles of the {where} day", d => queries.Titles(d, new TitleQuery(day, Limit: 1000)));
            yield return ($"segments of the {where} day", d => RangeReads.Segments(d, queries, new SegmentQuery(Overlapping: day)));
            yield return (
                $"segments of a section of the {where} day",
                d => RangeReads.Segments(d, queries, new SegmentQuery(SectionId: section))
            );
            yield return ($"a section of the {where} day", d => queries.Section(d, section));
            yield return ($"where a section of the {where} day is", d => queries.SectionPresence(d, section));
            yield return (
                $"discontinuities before the {where} day",
                d => Assert.Equal((section - LongHistory.Noon) / Hour, queries.Discontinuities(d, section))
            );
            yield return ($"neighbours in the {where} day", d => queries.Neighbours(d, (from + Hour) / 1000));
            yield return ($"a segment of the {where} day", d => queries.Segment(d, id));
            yield return (
                $"10 segments for a pull of the {where} day",
                d => queries.Read(d, id, long.MaxValue, 10, 1_000_000, (_, _) => { })
            );
            yield return (
                $"list of 10 with hashes, {where} day",
                d => Assert.NotEmpty(queries.Segments(d, id, long.MaxValue, null, 10, true).ToList())
            );
            yield return ($"journal of the {where} day", d => queries.Journal(d, id, 0));
            yield return ($"newest title of a section of the {where} day", d => queries.Titles(d, Newest(section)));
            yield return ($"title of none, {where} day", d => queries.Titles(d, Newest(section + 1)));
        }
    }

    private static long Start(int section) => LongHistory.Noon + (section * Hour);

    private static TitleQuery Newest(long section) => new(SectionId: section, Limit: 1, Descending: true);

    private Dictionary<string, int> Steps(int days)
    {
        var path = _folder.File($"{days}.sqlite");
        LongHistory.Write(path, days);
        using var database = Database.OpenForReading(path, immutable: false);
        var steps = 0;
        delegate_progress count = _ =>
        {
            steps++;
            return 0;
        };
        raw.sqlite3_progress_handler(database.Handle, 100, count, null);
        var taken = new Dictionary<string, int>();
        foreach (var (what, read) in Reads(days))
        {
            steps = 0;
            read(database);
            taken[what] = steps;
        }

        GC.KeepAlive(count);
        return taken;
    }

    private static bool ReadsAll(string step) =>
        step.StartsWith("SCAN ", StringComparison.Ordinal)
        && !step.Contains("USING", StringComparison.Ordinal)
        && !step.Contains("CONSTANT", StringComparison.Ordinal)
        // What is made by the statement itself, and tables of one row or a few.
        && step is not ("SCAN c" or "SCAN found" or "SCAN sync_fence" or "SCAN sqlite_sequence")
        && !step.StartsWith("SCAN (", StringComparison.Ordinal);

    private static List<string> Plan(Database database, string sql)
    {
        var steps = new List<string>();
        using var row = database.Query("explain query plan " + sql);
        while (row.Step())
        {
            steps.Add(row.Text(3));
        }

        return steps;
    }

    private static List<long> All(Database database, string sql, UtcRange range)
    {
        var found = new List<long>();
        using var row = database.Query(sql).Bind(1, range.FromUs).Bind(2, range.UntilUs);
        while (row.Step())
        {
            found.Add(row.Long(0));
        }

        return found;
    }
}
