using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Postgres;
using AudioRelay.Storage.Receiving;
using AudioRelay.Storage.Tests.Receiving;
using AudioRelay.Storage.Timeline;
using AudioRelay.TestKit.Postgres;
using Npgsql;

namespace AudioRelay.Storage.Tests.Postgres;

public sealed class PostgresTitleTests(SharedPostgres shared, ITestOutputHelper output)
{
    private const long Noon = 1_790_000_000_000_000;
    private const long Second = SourceRecording.Second;
    private static readonly string[] Words = "Love night Größe ПЕСНЯ дождь 東京 Blue the of river 100% _x_ İstanbul straße".Split(' ');

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Any_part_of_a_title_finds_it_as_comparing_each_would()
    {
        await using var stores = await PostgresTestStores.OpenAsync(shared);
        // More than one block holds.
        var titles = Enumerable
            .Range(0, 22_000)
            .Select(i => new TitleInfo(Noon, (long)i * SourceRecording.Rate, Noon + (i * Second), Title(i)))
            .ToList();
        var store = await FeedAsync(stores, titles);
        string[] wanted =
        [
            "love",
            "LOVE NIGHT",
            "песня",
            "größe",
            "GRÖSSE",
            "京",
            "e t",
            "%",
            "_",
            "_X_",
            "q",
            "zzz",
            "1999",
            "no. 17 ",
            "7",
            "SS",
        ];
        foreach (var text in wanted)
        {
            foreach (var descending in (bool[])[true, false])
            {
                var query = new TitleQuery(Containing: text, Limit: 50, Descending: descending);
                var expected = titles.Where(t => t.Text.Contains(text, StringComparison.OrdinalIgnoreCase));
                expected = (descending ? expected.Reverse() : expected).Take(50);
                Assert.Equal(expected, await store.Reader.TitlesAsync(query, Token));
                // Whichever of its two ways the reader takes.
                var folded = TitleGrams.Fold(text);
                var (all, end) = (long.MinValue, long.MaxValue);
                Assert.Equal(expected, await OnAsync(stores, (c, cancel) => TitleSearch.IndexedAsync(c, query, all, end, folded, cancel)));
                Assert.Equal(expected, await OnAsync(stores, (c, cancel) => TitleSearch.InBlocksAsync(c, query, all, end, folded, cancel)));
                var (from, until) = (Noon + (500 * Second), Noon + (7000 * Second));
                var inside = new TitleQuery(new UtcRange(from, until), Containing: text, Limit: 700, Descending: descending);
                Assert.Equal(
                    await OnAsync(stores, (c, cancel) => TitleSearch.IndexedAsync(c, inside, from, until, folded, cancel)),
                    await OnAsync(stores, (c, cancel) => TitleSearch.InBlocksAsync(c, inside, from, until, folded, cancel))
                );
            }
        }

        var range = new UtcRange(Noon + (100 * Second), Noon + (6000 * Second));
        var inRange = await store.Reader.TitlesAsync(new TitleQuery(range, Containing: "no. 1", Limit: 10_000), Token);
        Assert.Equal(titles.Skip(100).Take(5900).Where(t => t.Text.Contains("no. 1", StringComparison.OrdinalIgnoreCase)), inRange);
        Assert.Empty(await store.Reader.TitlesAsync(new TitleQuery(SectionId: 7, Containing: "no. 1"), Token));
    }

    [Fact]
    public async Task A_database_of_the_first_schema_is_searched_after_its_upgrade()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        var options = PostgresTestStores.Options(await shared.Server, maxConnections: 8);
        var titles = Enumerable.Range(0, 300).Select(i => new TitleInfo(Noon, i * 48_000L, Noon + (i * Second), Title(i))).ToList();
        await using (var before = PostgresTestStores.Open(options))
        {
            await FeedAsync(before, titles);
            const string back = """
                drop table title_blocks, newest_era;
                drop function number_era cascade;
                drop index journal_alive, journal_story;
                drop index windows_span, windows_open, troubles_span, troubles_open, removals_span, removals_from, titles_section;
                alter table section_facts drop column span, drop column ended_us, drop column era;
                create index titles_section on titles (section_id);
                delete from audiorelay_schema where version > 1;
                """;
            foreach (var sql in back.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                await before.DatabaseOf("show").RunAsync((c, cancel) => c.RunAsync(sql, cancel), Token);
            }
        }

        await using var stores = PostgresTestStores.Open(options);
        await using var store = await stores.OpenAsync("show", Token);
        var query = new TitleQuery(Containing: "no. 1", Descending: true);
        var expected = titles.Where(t => t.Text.Contains("no. 1", StringComparison.OrdinalIgnoreCase)).Reverse();
        Assert.Equal(
            expected,
            await OnAsync(stores, (c, cancel) => TitleSearch.InBlocksAsync(c, query, long.MinValue, long.MaxValue, "NO. 1", cancel))
        );
        Assert.Single(await store.Reader.SectionsAsync(new SectionQuery(new UtcRange(Noon, Noon + 1)), Token));
    }

    [Fact]
    public async Task What_is_rare_is_found_through_the_index_and_not_by_reading_all_titles()
    {
        await using var stores = await PostgresTestStores.OpenAsync(shared);
        var store = await FeedAsync(stores, []);
        var database = await FillAsync(stores, 20_000);
        foreach (var (text, found) in ((string, int)[])[("No. 17;", 1), ("never was this", 0), ("ξ", 0), ("zq", 0)])
        {
            var scans = await database.TransactAsync(
                async (connection, cancel) =>
                {
                    var before = await PostgresTestStores.ScansAsync(connection, ["titles"], cancel);
                    var query = new TitleQuery(Containing: text, Descending: true);
                    var folded = TitleGrams.Fold(text);
                    var titles = await TitleSearch.IndexedAsync(connection, query, long.MinValue, long.MaxValue, folded, cancel);
                    Assert.Equal(found, titles.Count);
                    return await PostgresTestStores.ScansAsync(connection, ["titles"], cancel) - before;
                },
                Token
            );
            Assert.Equal(0, scans);
        }
    }

    [Fact]
    public async Task What_one_title_in_ten_has_is_looked_for_among_the_newest_and_not_in_all_that_have_it()
    {
        await using var stores = await PostgresTestStores.OpenAsync(shared);
        await FeedAsync(stores, []);
        var database = await FillAsync(stores, 20_000);
        foreach (var (text, found, most) in ((string, int, long)[])[("7;", 100, 1500), ("No. 17;", 1, 100)])
        {
            var read = await database.TransactAsync(
                async (connection, cancel) =>
                {
                    var before = await ReadAsync(connection, cancel);
                    var query = new TitleQuery(Containing: text, Limit: 100, Descending: true);
                    Assert.Equal(found, (await TitleSearch.ListAsync(connection, query, cancel)).Count);
                    return await ReadAsync(connection, cancel) - before;
                },
                Token
            );
            Assert.InRange(read, found, most);
        }

        static ValueTask<long> ReadAsync(NpgsqlConnection connection, CancellationToken cancel) =>
            connection.ValueAsync<long>("select idx_tup_fetch::bigint from pg_stat_xact_user_tables where relname = 'titles'", cancel);
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task A_million_titles_are_searched_within_a_tenth_of_a_second()
    {
        await using var stores = await PostgresTestStores.OpenAsync(shared);
        var store = await FeedAsync(stores, []);
        var began = TimeProvider.System.GetTimestamp();
        var database = await FillAsync(stores, 1_000_000);
        output.WriteLine(
            $"filled in {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0} s; sizes: {await SizesAsync(database.Name)}"
        );
        string[] wanted = ["love", "No. 17;", "never was this", "ξ", "zq", "e", "the", "the river", "Blue 東京", "old only"];
        foreach (var text in wanted)
        {
            var took = new List<double>();
            var found = 0;
            for (var i = 0; i < 11; i++)
            {
                var start = TimeProvider.System.GetTimestamp();
                found = (await store.Reader.TitlesAsync(new TitleQuery(Containing: text, Limit: 100, Descending: true), Token)).Count;
                took.Add(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds);
            }

            output.WriteLine(
                $"{text, -16} {found, 4} found, first {took[0]:0.0} ms, least {took.Min():0.0} ms, median {took.Order().ElementAt(5):0.0} ms"
            );
            // The least: other programs of the machine are not what is measured.
            Assert.True(took.Min() <= 100, $"{text}: {took.Min():0.0} ms");
        }
    }

    private static async Task<List<TitleInfo>> OnAsync(
        PostgresReceivedStores stores,
        Func<NpgsqlConnection, CancellationToken, ValueTask<List<TitleInfo>>> search
    ) => await stores.DatabaseOf("show").RunAsync(search, Token);

    private static string Title(int i) =>
        $"{Words[i % Words.Length]} {Words[i / 3 % Words.Length]} {Words[i / 11 % Words.Length]} - No. {i};"
        + (i < 20_000 ? " old only" : "");

    private static async Task<IReceivedStore> FeedAsync(PostgresReceivedStores stores, IReadOnlyList<TitleInfo> titles)
    {
        var source = new SourceRecording().Open(Noon);
        foreach (var title in titles)
        {
            source.Tell(title.UtcUs, new TitleSet(title.SectionId, title.Sample, title.Text));
        }

        var store = await stores.OpenOrCreateAsync(source.Show, Token);
        await store.CommitAsync(await store.ClaimAsync(Token), source.Record(1).Pull(), Token);
        return store;
    }

    /// <summary>Fills the table past the store, which would take the titles one section at a time.</summary>
    private static async Task<PostgresDatabase> FillAsync(PostgresReceivedStores stores, int count)
    {
        var name = (await stores.ListAsync(Token)).Single().Name;
        var database = stores.DatabaseOf(name);
        await database.RunAsync(
            async (connection, cancel) =>
            {
                await connection.RunAsync("drop index titles_grams", cancel);
                var projected = Enumerable
                    .Range(0, count)
                    .Select(i => (i + 10L, new TitleSet(Noon, i, Title(i)), Noon + (i * Second)))
                    .ToList();
                await PullWriter.TitlesAsync(connection, projected, cancel);
                await using (var batch = connection.CreateBatch())
                {
                    TitleBlocks.Add(batch, projected);
                    await batch.ExecuteNonQueryAsync(cancel);
                }

                await connection.RunAsync("create index titles_grams on titles using gin (grams) with (fastupdate = off)", cancel);
                await connection.RunAsync("analyze titles", cancel);
                return true;
            },
            Token
        );
        return database;
    }

    private async Task<string> SizesAsync(string database) =>
        await (await shared.Server).Sql(
            "select pg_size_pretty(pg_relation_size('titles')), pg_size_pretty(pg_relation_size('titles_grams'))",
            database
        );
}
