using Npgsql;

namespace AudioRelay.Storage.Postgres;

/// <summary>
/// Lists titles. A text is looked for in two steps: among the newest twenty thousand, which finds what is played often, and if that was not enough
/// through the index of pieces, which finds what is rare. So neither "the" nor a word that never was costs a walk through all titles.
/// </summary>
internal static class TitleSearch
{
    /// <summary>How many titles the first step walks through.</summary>
    public const int Walked = 20_000;

    public static async ValueTask<List<TitleInfo>> ListAsync(NpgsqlConnection connection, TitleQuery query, CancellationToken cancel)
    {
        var fromUs = query.Range is { } range ? await StillRunningAsync(connection, range.FromUs, cancel) : long.MinValue;
        var untilUs = query.Range?.UntilUs ?? long.MaxValue;
        if (query.Containing is not { Length: > 0 } text)
        {
            return await WalkAsync(connection, query, fromUs, untilUs, null, query.Limit, cancel);
        }

        var folded = TitleGrams.Fold(StoredText.Clean(text));
        var walked = await WalkAsync(connection, query, fromUs, untilUs, folded, query.Limit, cancel);
        return walked.Count >= query.Limit ? walked : await IndexedAsync(connection, query, fromUs, untilUs, folded, cancel);
    }

    private static async ValueTask<List<TitleInfo>> WalkAsync(
        NpgsqlConnection connection,
        TitleQuery query,
        long fromUs,
        long untilUs,
        string? folded,
        int limit,
        CancellationToken cancel
    )
    {
        var order = query.Descending ? "desc" : "asc";
        var section = query.SectionId is null ? "" : "and t.section_id = $4";
        var (walk, like) = folded is null ? ("", "") : ($"limit {Walked}", "where folded like $5");
        return await connection.RowsAsync(
            Read,
            $"""
            select section_id, sample, utc_us, text from (
                select t.section_id, t.sample, t.utc_us, t.text, t.folded, t.seq from titles t
                join section_facts f on f.section_id = t.section_id
                where not f.hidden and t.utc_us >= $1 and t.utc_us < $2 {section}
                order by t.utc_us {order}, t.seq {order} {walk}
            ) newest {like} order by utc_us {order}, seq {order} limit $3
            """,
            cancel,
            [fromUs, untilUs, limit, query.SectionId ?? 0, .. folded is null ? Array.Empty<object>() : [Pattern(folded)]]
        );
    }

    /// <summary>The second step. The sum keeps the planner from walking the index of times in the hope of an early find.</summary>
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
        var section = query.SectionId is null ? "" : "and t.section_id = $6";
        return connection.RowsAsync(
            Read,
            $"""
            select t.section_id, t.sample, t.utc_us, t.text from titles t join section_facts f on f.section_id = t.section_id
            where not f.hidden and t.grams @> $4 and t.folded like $5 and t.utc_us + 0 >= $1 and t.utc_us + 0 < $2 {section}
            order by t.utc_us + 0 {order}, t.seq {order} limit $3
            """,
            cancel,
            [
                fromUs,
                untilUs,
                query.Limit,
                TitleGrams.Wanted(folded),
                Pattern(folded),
                .. query.SectionId is { } id ? new object[] { id } : [],
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

    private static string Pattern(string folded) =>
        $"%{folded.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";

    private static TitleInfo Read(NpgsqlDataReader row) => new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetString(3));
}
