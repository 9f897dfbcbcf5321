using AudioRelay.Storage.Postgres;
using AudioRelay.Storage.Receiving;
using AudioRelay.Storage.Tests.Receiving;
using AudioRelay.Storage.Timeline;
using AudioRelay.TestKit.Postgres;
using Npgsql;

namespace AudioRelay.Storage.Tests.Postgres;

/// <summary>What a page, a playlist, a look at what is live and a pull ask for is found by index, however much lies beside it.</summary>
public sealed class PostgresReadPlanTests(SharedPostgres shared)
{
    private const long Noon = 1_790_000_000_000_000;
    private const long Hour = 3600 * SourceRecording.Second;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_statement_of_a_page_or_a_pull_reads_a_whole_table()
    {
        await using var stores = await PostgresTestStores.OpenAsync(shared);
        var (store, database) = await HistoryAsync(stores, days: 365);
        // The driver prepares what it has seen twice, and the server then plans it once for all values: that plan is what counts.
        for (var i = 0; i < 3; i++)
        {
            await ReadAsync(store, 365 * 24);
        }

        var whole = await database.RunAsync((connection, cancel) => WholeAsync(connection, 20, cancel), Token);
        Assert.Empty(whole);
    }

    [Fact]
    public async Task A_pass_of_retention_that_finds_little_reads_no_whole_table()
    {
        await using var stores = await PostgresTestStores.OpenAsync(shared);
        var (store, database) = await HistoryAsync(stores, days: 365);
        await database.RunAsync(
            async (connection, cancel) =>
            {
                const string entries = """
                    insert into journal (seq, at_us, kind, body) select 1000000 + n, $1 + n::bigint * 60000000, (array['alive', 'title', 'anchor'])[1 + n % 3],
                        '{"section":1}' from generate_series(0, 60000) n
                    """;
                await connection.RunAsync(entries, cancel, Noon);
                await connection.RunAsync("analyze journal", cancel);
                return true;
            },
            Token
        );
        var at = await store.ClaimAsync(Token);
        for (var i = 0; i < 4; i++)
        {
            Assert.Empty((await store.RetainAsync(at, Noon + (i * Hour / 30), Token)).Sections);
        }

        Assert.Empty(await database.RunAsync((connection, cancel) => WholeAsync(connection, 5, cancel), Token));
        // Nor the whole journal in the order of its numbers.
        var plans = string.Join('\n', (await database.RunAsync(PlansAsync, Token)).SelectMany(p => p.Plan));
        Assert.Contains(" journal_alive ", plans, StringComparison.Ordinal);
        Assert.Contains(" journal_story ", plans, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_overlaps_a_range_is_found_however_long_ago_it_began()
    {
        await using var stores = await PostgresTestStores.OpenAsync(shared);
        var (store, database) = await HistoryAsync(stores, days: 1);
        var random = new Random(1);
        // Some in each other, some empty, some without an end, from a second to a year.
        long Length() => random.Next(8) == 0 ? 0 : (long)Math.Pow(10, 6 + (random.NextDouble() * 7.5));
        var from = Noon;
        var rows = Enumerable
            .Range(1, 300)
            .Select(_ => (From: (from += Length() / 10) + 1, Until: from + 1 + Length()))
            .DistinctBy(r => r.From)
            .ToList();
        await database.TransactAsync(
            async (connection, cancel) =>
            {
                for (var i = 0; i < rows.Count; i++)
                {
                    var (start, end) = rows[i];
                    await using var batch = connection.CreateBatch();
                    batch.Add("insert into sections values ($1, $1 / 1000) on conflict do nothing", start);
                    batch.Add(
                        """
                        insert into section_facts (section_id, codec, rate, channels, encoder_delay, frame_samples, chain_samples, samples, segments,
                            start_us, end_us, opened_seq, padding, ended, end_cause)
                        values ($1, 'opus', 48000, 1, 312, 960, 0, 1, 1, $1, $2, 1, 0, $3, 'disconnected') on conflict do nothing
                        """,
                        start,
                        end,
                        i != 250
                    );
                    batch.Add("insert into windows values ($1, $2::bigint) on conflict do nothing", start, i == 200 ? null : end);
                    batch.Add(
                        "insert into troubles (from_us, cause, until_us) values ($1, 'disconnected', $2::bigint) on conflict do nothing",
                        start,
                        i % 9 == 0 ? null : end
                    );
                    batch.Add(
                        "insert into removals (section_id, from_us, until_us) values ($3, $1, $2) on conflict do nothing",
                        start,
                        end,
                        (long)i + 1
                    );
                    await batch.ExecuteNonQueryAsync(cancel);
                }

                return true;
            },
            Token
        );
        await database.RunAsync(
            async (connection, cancel) =>
            {
                for (var i = 0; i < 150; i++)
                {
                    var begin = Noon + (long)(random.NextDouble() * (from - Noon));
                    await AssertFoundAsync(connection, new UtcRange(begin, begin + 1 + Length()), cancel);
                }

                return true;
            },
            Token
        );
    }

    private static async ValueTask AssertFoundAsync(NpgsqlConnection connection, UtcRange range, CancellationToken cancel)
    {
        ValueTask<List<long>> All(string sql) => connection.RowsAsync(row => row.GetInt64(0), sql, cancel, range.FromUs, range.UntilUs);
        const string sections =
            "select section_id from section_facts where segments > 0 and start_us < $2 and end_us > $1 order by start_us";
        Assert.Equal(await All(sections), (await SectionRows.ListAsync(connection, new SectionQuery(range), cancel)).Select(s => s.Id));
        var newest = new SectionQuery(range, Descending: true, Limit: 3);
        Assert.Equal(await All(sections + " desc limit 3"), (await SectionRows.ListAsync(connection, newest, cancel)).Select(s => s.Id));
        Assert.Equal(
            await All("select from_us from windows where from_us < $2 and (until_us is null or until_us > $1) order by 1"),
            (await TimelineRows.WindowsAsync(connection, range, cancel)).Select(w => w.FromUs)
        );
        var explained = await TimelineRows.ExplanationsAsync(connection, range, cancel);
        IEnumerable<long> Of(ExplanationRank rank) => explained.Where(e => e.Rank == rank).Select(e => e.FromUs).Order();
        Assert.Equal(
            await All("select from_us from removals where from_us < $2 and until_us > $1 order by 1"),
            Of(ExplanationRank.Removal)
        );
        Assert.Equal(
            await All(
                """
                select from_us from troubles t where from_us < $2 and (until_us > $1 or until_us is null and (from_us >= $1 or not exists (
                    select 1 from section_facts f where f.start_us < $1 and f.segments > 0 and f.end_us > t.from_us + 2000000))) order by 1
                """
            ),
            Of(ExplanationRank.Trouble)
        );
        Assert.Equal(
            await All(
                """
                select end_us from section_facts where segments > 0 and ended and end_us < $2
                and end_us >= coalesce((select max(end_us) from section_facts where end_us <= $1 and segments > 0), $1) order by 1
                """
            ),
            Of(ExplanationRank.SectionEnd)
        );
    }

    private static async Task ReadAsync(IReceivedStore store, int sections)
    {
        var reader = store.Reader;
        await store.CheckpointAsync(Token);
        await store.NewestPulledAsync(Token);
        await reader.InfoAsync(Token);
        await reader.SectionsAsync(new SectionQuery(Limit: 1), Token);
        await reader.SectionsAsync(new SectionQuery(Descending: true, Limit: 50), Token);
        await reader.SectionsAsync(new SectionQuery(Descending: true, After: Noon + (sections / 2 * Hour), Limit: 50), Token);
        foreach (var at in (int[])[0, sections / 2, sections - 24])
        {
            var section = Noon + (at * Hour);
            var day = new UtcRange(section, section + (24 * Hour));
            Assert.Equal(24, (await reader.SectionsAsync(new SectionQuery(day), Token)).Count);
            await reader.SectionsAsync(new SectionQuery(day, Limit: 10), Token);
            await reader.SectionsAsync(new SectionQuery(day, Descending: true, After: section + (2 * Hour), Limit: 10), Token);
            await reader.SectionAsync(section, Token);
            await reader.SectionPresenceAsync(section, Token);
            Assert.Equal(at, await reader.DiscontinuitiesAsync(section, Token));
            await reader.NeighboursAsync(section / 1000, Token);
            await reader.WallMapAsync(section, Token);
            Assert.Equal(72, (await reader.SegmentsAsync(new SegmentQuery(Overlapping: day), Token)).Count);
            await reader.SegmentsAsync(new SegmentQuery(SectionId: section), Token);
            await reader.SegmentsAsync(new SegmentQuery(FromId: (3 * at) + 1, ToId: (3 * at) + 60, Limit: 10, WithHashes: true), Token);
            Assert.Equal(10, (await reader.ReadSegmentsAsync((3 * at) + 1, (3 * at) + 60, 10, 1_000_000, Token)).Count);
            await reader.SegmentAsync((3 * at) + 1, Token);
            await reader.JournalAsync(at, 100, Token);
            Assert.Equal(24, (await reader.TitlesAsync(new TitleQuery(day), Token)).Count);
            Assert.Single(await reader.TitlesAsync(new TitleQuery(SectionId: section, Limit: 1, Descending: true), Token));
            Assert.Empty(await reader.TitlesAsync(new TitleQuery(SectionId: section + 1, Limit: 1, Descending: true), Token));
            await reader.WindowsAsync(day, Token);
            await reader.TimelineAsync(day, Token);
        }
    }

    /// <summary>The plans of everything the connection has prepared, where they read a table from its beginning to its end.</summary>
    private static async ValueTask<List<string>> WholeAsync(NpgsqlConnection connection, int atLeast, CancellationToken cancel)
    {
        var plans = await PlansAsync(connection, cancel);
        Assert.True(plans.Count > atLeast, $"only {plans.Count} statements were prepared");
        // One row each, or a few.
        string[] small = ["sync_fence", "metadata", "sources", "holds"];
        return
        [
            .. plans.SelectMany(p =>
                p.Plan.Where(step => step.Contains("Seq Scan on", StringComparison.Ordinal))
                    .Where(step => !small.Any(table => step.Contains($"on {table} ", StringComparison.Ordinal)))
                    .Select(step => $"{step.Trim()} in:\n{p.Sql}")
            ),
        ];
    }

    /// <summary>The plan of everything the connection has prepared, for all values.</summary>
    private static async ValueTask<List<(string Sql, List<string> Plan)>> PlansAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await connection.RunAsync("set plan_cache_mode = force_generic_plan", cancel);
        var prepared = await connection.RowsAsync(
            row => (Name: row.GetString(0), Sql: row.GetString(1), Parameters: row.GetInt32(2)),
            "select name, statement, cardinality(parameter_types) from pg_prepared_statements",
            cancel
        );
        var plans = new List<(string Sql, List<string> Plan)>();
        foreach (var (name, sql, parameters) in prepared.Where(p => !p.Sql.Contains("pg_prepared_statements", StringComparison.Ordinal)))
        {
            var values = parameters == 0 ? "" : $"({string.Join(", ", Enumerable.Repeat("null", parameters))})";
            plans.Add((sql, await connection.RowsAsync(row => row.GetString(0), $"explain execute \"{name}\"{values}", cancel)));
        }

        return plans;
    }

    /// <summary>A section for each hour, each after a reconnect; written past the store.</summary>
    private static async Task<(IReceivedStore Store, PostgresDatabase Database)> HistoryAsync(PostgresReceivedStores stores, int days)
    {
        var store = await stores.OpenOrCreateAsync(new SourceRecording().Show, Token);
        var database = stores.DatabaseOf("show");
        string[] fill =
        [
            "insert into sections select $1 + n * $2, ($1 + n * $2) / 1000 from generate_series(0, $3 - 1) n",
            """
                insert into section_facts (section_id, codec, rate, channels, encoder_delay, frame_samples, chain_samples, samples, segments,
                    first_segment_id, last_segment_id, start_us, end_us, opened_seq, padding, ended, end_cause)
                select $1 + n * $2, 'opus', 48000, 1, 312, 960, 0, 169920000, 3, n * 3 + 1, n * 3 + 3, $1 + n * $2, $1 + n * $2 + 3540000000,
                    n, 0, n < $3 - 1, 'disconnected' from generate_series(0, $3 - 1) n
                """,
            "insert into anchors select $1 + n * $2, 0, n, $1 + n * $2, 'start' from generate_series(0, $3 - 1) n",
            "insert into windows select $1 + n * $2, $1 + n * $2 + $2 from generate_series(0, $3 - 1) n",
            """
                insert into troubles (from_us, cause, until_us) select $1 + n * $2 + 3540000000, 'disconnected', $1 + n * $2 + $2
                from generate_series(0, $3 - 1) n
                """,
            "insert into troubles (from_us, cause) select $1 + n * $2 + 3540000001, 'silent' from generate_series(0, $3 - 1) n",
            """
                insert into removals (section_id, from_us, until_us) select 1000 + n, $1 - n * $2, $1 - n * $2 + 3540000000
                from generate_series(1, $3) n
                """,
            "insert into journal select n, $1 + n * $2 / 3, 'alive', '{}' from generate_series(1, $3 * 3) n",
            """
                insert into titles select n, $1 + n * $2, 0, $1 + n * $2, 'title ' || n, 'TITLE ' || n, array[n]::integer[]
                from generate_series(0, $3 - 1) n
                """,
            """
                insert into segment_facts (segment_id, section_id, first_sample, duration_samples, timestamp_ms, source_id, source, size,
                    starts_section, sha256)
                select n * 3 + i + 1, $1 + n * $2, i * 56640000, 56640000, ($1 + n * $2) / 1000 + i * 1180000, n * 3 + i + 1, 1, 4, i = 0, '\x00'
                from generate_series(0, $3 - 1) n, generate_series(0::bigint, 2) i
                """,
            """
                insert into segments select n * 3 + i + 1, ($1 + n * $2) / 1000 + i * 1180000, 0, $1 + n * $2, 56640000, '\x01020304'
                from generate_series(0, $3 - 1) n, generate_series(0::bigint, 2) i
                """,
            "update sync_fence set last_segment_id = $3 * 3 + 0 * ($1 + $2)",
        ];
        await database.RunAsync(
            async (connection, cancel) =>
            {
                foreach (var sql in fill)
                {
                    await connection.RunAsync(sql, cancel, Noon, Hour, days * 24L);
                }

                return await connection.RunAsync("vacuum analyze", cancel);
            },
            Token
        );
        return (store, database);
    }
}
