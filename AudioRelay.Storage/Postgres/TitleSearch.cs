using System.Numerics;
using Npgsql;

namespace AudioRelay.Storage.Postgres;

/// <summary>
/// Lists titles. A text that can only be in few of them is found through the index of pieces. Any other is looked for in the texts of whole
/// blocks of titles, from the end from which titles are wanted, until there are enough. So what is everywhere is found at once, and neither a
/// word that all have stopped to use nor one that never was costs a walk through all titles.
/// </summary>
internal static class TitleSearch
{
    /// <summary>
    /// The share of all titles that the index of pieces may find, each of which has to be read and sorted: one costs about as much as looking
    /// through the texts of a hundred.
    /// </summary>
    private const double Few = 0.01;

    /// <summary>As many blocks as are looked into first: what is in every title is in them.</summary>
    private const int AtFirst = 4;

    /// <summary>As many as are looked into at a time at most.</summary>
    private const int AtOnce = 256;

    private const string Columns = "t.section_id, t.sample, t.utc_us, t.text";

    // Few sections are hidden, if any: a join looked each title's up, which was two thirds of what a search by the index of pieces cost.
    private const string From = "titles t where t.section_id not in (select section_id from section_facts where hidden)";

    public static async ValueTask<List<TitleInfo>> ListAsync(NpgsqlConnection connection, TitleQuery query, CancellationToken cancel)
    {
        var fromUs = query.Range is { } range ? await StillRunningAsync(connection, range.FromUs, cancel) : long.MinValue;
        var untilUs = query.Range?.UntilUs ?? long.MaxValue;
        if (query.Containing is not { Length: > 0 } text)
        {
            return await WalkAsync(connection, query, fromUs, untilUs, null, cancel);
        }

        var folded = TitleGrams.Fold(StoredText.Clean(text));
        if (query.SectionId is not null)
        {
            return await WalkAsync(connection, query, fromUs, untilUs, folded, cancel);
        }

        return await ShareAsync(connection, folded, cancel) is null or <= Few
            ? await IndexedAsync(connection, query, fromUs, untilUs, folded, cancel)
            : await InBlocksAsync(connection, query, fromUs, untilUs, folded, cancel);
    }

    /// <summary>
    /// Which share of the titles can hold a text at most, by what the server has counted of the most frequent pieces when it last looked at the
    /// table; null when it has not yet.
    /// </summary>
    internal static async ValueTask<double?> ShareAsync(NpgsqlConnection connection, string folded, CancellationToken cancel)
    {
        var rows = await connection.RowsAsync(
            row => row.IsDBNull(0) ? (double?)null : row.GetDouble(0),
            """
            select min(coalesce(c.freqs[array_position(c.elems, gram)], c.freqs[cardinality(c.elems) + 1]))::double precision
            from (
                select most_common_elems::text::integer[] as elems, most_common_elem_freqs as freqs from pg_stats
                where schemaname = 'public' and tablename = 'titles' and attname = 'grams' and most_common_elems is not null
            ) c cross join unnest($1::integer[]) gram
            """,
            cancel,
            TitleGrams.Wanted(folded)
        );
        return rows[0];
    }

    /// <summary>Through the index of pieces. The sum keeps the planner from walking the index of times in the hope of an early find.</summary>
    internal static ValueTask<List<TitleInfo>> IndexedAsync(
        NpgsqlConnection connection,
        TitleQuery query,
        long fromUs,
        long untilUs,
        string folded,
        CancellationToken cancel
    )
    {
        var order = query.Descending ? "desc" : "asc";
        return connection.RowsAsync(
            Read,
            $"""
            select {Columns} from {From} and t.grams @> $4 and strpos(t.folded, $5) > 0 and t.utc_us + 0 >= $1 and t.utc_us + 0 < $2
            order by t.utc_us + 0 {order}, t.seq {order} limit $3
            """,
            cancel,
            fromUs,
            untilUs,
            query.Limit,
            TitleGrams.Wanted(folded),
            folded
        );
    }

    /// <summary>Block by block in the order of their last titles, until none that is left can have one that is wanted.</summary>
    internal static async ValueTask<List<TitleInfo>> InBlocksAsync(
        NpgsqlConnection connection,
        TitleQuery query,
        long fromUs,
        long untilUs,
        string folded,
        CancellationToken cancel
    )
    {
        var titles = new List<(long Seq, TitleInfo Title)>();
        (long Edge, long Id)? after = null;
        var looked = 0;
        while (true)
        {
            var atOnce = Next(looked, titles.Count, query.Limit);
            var blocks = await BlocksAsync(connection, query, (fromUs, untilUs, folded), atOnce, after, cancel);
            looked += atOnce;
            titles.AddRange(await OfBlocksAsync(connection, query, (fromUs, untilUs, folded), [.. blocks.Found.Select(b => b.Id)], cancel));
            titles = [.. Sorted(titles, query).Take(query.Limit)];
            if (blocks.IsLast)
            {
                break;
            }

            // A block that is left ends no later than the last one that was looked into.
            after = blocks.Found[^1];
            if (
                titles.Count == query.Limit
                && (query.Descending ? after.Value.Edge < titles[^1].Title.UtcUs : after.Value.Edge > titles[^1].Title.UtcUs)
            )
            {
                break;
            }
        }

        return [.. titles.Select(t => t.Title)];
    }

    /// <summary>
    /// As many blocks as should have what is missing, if it stands in them as it did in those before: every title of a block is read. A power of
    /// two, since the number stands in the statement, where the server plans for it, and each statement is prepared.
    /// </summary>
    private static int Next(int looked, int found, int wanted)
    {
        var missing = looked == 0 ? AtFirst : (wanted - found) * looked / Math.Max(found, 1);
        return (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(missing, AtFirst, Math.Clamp(8 * looked, AtFirst, AtOnce)));
    }

    private static async ValueTask<(List<(long Edge, long Id)> Found, bool IsLast)> BlocksAsync(
        NpgsqlConnection connection,
        TitleQuery query,
        (long FromUs, long UntilUs, string Folded) wanted,
        int atOnce,
        (long Edge, long Id)? after,
        CancellationToken cancel
    )
    {
        var (edge, order, behind) = query.Descending ? ("until_us", "desc", "<") : ("from_us", "asc", ">");
        var found = await connection.RowsAsync(
            row => (row.GetInt64(0), row.GetInt64(1)),
            $"""
            select {edge}, id from title_blocks where until_us >= $1 and from_us < $2 and strpos(texts, $3) > 0
            {(after is null ? "" : $"and ({edge}, id) {behind} ($4, $5)")} order by {edge} {order}, id {order} limit {atOnce}
            """,
            cancel,
            [wanted.FromUs, wanted.UntilUs, wanted.Folded, .. after is { } last ? new object[] { last.Edge, last.Id } : []]
        );
        return (found, found.Count < atOnce);
    }

    private static ValueTask<List<(long Seq, TitleInfo Title)>> OfBlocksAsync(
        NpgsqlConnection connection,
        TitleQuery query,
        (long FromUs, long UntilUs, string Folded) wanted,
        long[] blocks,
        CancellationToken cancel
    )
    {
        var order = query.Descending ? "desc" : "asc";
        // The offset keeps the planner from walking all titles in the order of time instead of looking into the blocks.
        return connection.RowsAsync(
            row => (row.GetInt64(4), Read(row)),
            $"""
            select t.section_id, t.sample, t.utc_us, t.text, t.seq from unnest($4::bigint[]) block cross join lateral (
                select {Columns}, t.seq from {From} and t.seq >= block * {TitleBlocks.Entries} and t.seq < (block + 1) * {TitleBlocks.Entries}
                and t.utc_us + 0 >= $1 and t.utc_us + 0 < $2 and strpos(t.folded, $5) > 0 offset 0
            ) t order by t.utc_us {order}, t.seq {order} limit $3
            """,
            cancel,
            wanted.FromUs,
            wanted.UntilUs,
            query.Limit,
            blocks,
            wanted.Folded
        );
    }

    private static IEnumerable<(long Seq, TitleInfo Title)> Sorted(List<(long Seq, TitleInfo Title)> titles, TitleQuery query) =>
        query.Descending
            ? titles.OrderByDescending(t => t.Title.UtcUs).ThenByDescending(t => t.Seq)
            : titles.OrderBy(t => t.Title.UtcUs).ThenBy(t => t.Seq);

    private static ValueTask<List<TitleInfo>> WalkAsync(
        NpgsqlConnection connection,
        TitleQuery query,
        long fromUs,
        long untilUs,
        string? folded,
        CancellationToken cancel
    )
    {
        var order = query.Descending ? "desc" : "asc";
        var section = query.SectionId is null ? "" : "and t.section_id = $4";
        var having = folded is null ? "" : "and strpos(t.folded, $5) > 0";
        return connection.RowsAsync(
            Read,
            $"""
            select {Columns} from {From} and t.utc_us >= $1 and t.utc_us < $2 {section} {having}
            order by t.utc_us {order}, t.seq {order} limit $3
            """,
            cancel,
            [
                fromUs,
                untilUs,
                query.Limit,
                .. query.SectionId is { } id ? new object[] { id } : [],
                .. folded is null ? [] : new object[] { folded },
            ]
        );
    }

    /// <summary>When the title that is heard at an instant began; the instant itself when none is.</summary>
    private static async ValueTask<long> StillRunningAsync(NpgsqlConnection connection, long utcUs, CancellationToken cancel)
    {
        var rows = await connection.RowsAsync(
            row => (Began: row.GetInt64(0), SectionEnds: row.GetInt64(1)),
            """
            select t.utc_us, f.end_us from titles t join section_facts f on f.section_id = t.section_id
            where t.utc_us <= $1 and not f.hidden order by t.utc_us desc, t.seq desc limit 1
            """,
            cancel,
            utcUs
        );
        return rows.Count > 0 && rows[0].SectionEnds > utcUs ? rows[0].Began : utcUs;
    }

    private static TitleInfo Read(NpgsqlDataReader row) => new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetString(3));
}
