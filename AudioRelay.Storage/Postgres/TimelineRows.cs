using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Timeline;
using Npgsql;

namespace AudioRelay.Storage.Postgres;

/// <summary>Reads the journal and what it says of wanted and missing time.</summary>
internal static class TimelineRows
{
    /// <summary>An anchor from columns sample, utc_us, cause.</summary>
    public static Anchor ReadAnchor(NpgsqlDataReader row, int first) =>
        new(row.GetInt64(first), row.GetInt64(first + 1), WireNames.Parse<AnchorCause>(row.GetString(first + 2)) ?? AnchorCause.Start);

    public static ValueTask<List<JournalEntry>> JournalAsync(
        NpgsqlConnection connection,
        long afterSeq,
        int limit,
        CancellationToken cancel
    ) =>
        connection.RowsAsync(
            row => new JournalEntry(
                row.GetInt64(0),
                row.GetInt64(1),
                JournalBody.Parse(row.GetString(2), row.GetString(3))
                    ?? throw new StorageException(StorageFault.Corrupt, $"Journal entry {row.GetInt64(0)} is not a {row.GetString(2)}.")
            ),
            "select seq, at_us, kind, body from journal where seq > $1 order by seq limit $2",
            cancel,
            afterSeq,
            limit
        );

    public static ValueTask<List<WindowInfo>> WindowsAsync(NpgsqlConnection connection, UtcRange range, CancellationToken cancel) =>
        connection.RowsAsync(
            row => new WindowInfo(row.GetInt64(0), row.LongOrNull(1)),
            $"""
            select x.from_us, x.until_us from {Spans.Of("windows")}
            union all select from_us, until_us from windows where until_us is null and from_us < $1
            union all select from_us, until_us from windows where from_us >= $1 and from_us < $2 and (until_us is null or until_us > $1)
            order by from_us
            """,
            cancel,
            SpanClasses.At(range.FromUs),
            range.UntilUs
        );

    /// <summary>
    /// Up to when what was wanted and kept is known, UTC µs: while a section is open, as far as it is here, because the journal may be ahead of
    /// the segments; else to the newest entry of the source or the newest sound.
    /// </summary>
    public const string KnownUntil = """
        select coalesce(
            (select case when segments > 0 then end_us else start_us end from section_facts where not ended order by section_id limit 1),
            greatest(journal_us, (select end_us from section_facts order by start_us desc limit 1))
        ) from sync_fence
        """;

    /// <summary><see cref="KnownUntil"/>.</summary>
    public static ValueTask<long> KnownUntilUsAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        connection.ValueAsync<long>(KnownUntil, cancel);

    /// <summary>Everything that may explain a gap in the range: troubles, ends of sections, removals.</summary>
    public static async ValueTask<List<Explanation>> ExplanationsAsync(
        NpgsqlConnection connection,
        UtcRange range,
        CancellationToken cancel
    )
    {
        await using var batch = connection.CreateBatch();
        // One without an end from before the range counts only if no sound was kept between it and the range, but for its last 2 s.
        batch.Add(
            $"""
            with heard as (
                select max(until_us) - 2000000 as until_us from (
                    select end_us as until_us from section_facts where not ended and segments > 0 and start_us < $1
                    union all select x.end_us from {Spans.Sections} where x.segments > 0
                    union all (
                        select ended_us from section_facts where ended_us <= $1 and start_us < $1 and segments > 0 order by ended_us desc limit 1
                    )
                ) sound
            )
            select from_us, until_us, cause, detail from troubles
            where from_us >= $1 and from_us < $2 and (until_us > $1 or until_us is null)
            union all
            select x.from_us, x.until_us, x.cause, x.detail from {Spans.Of("troubles")}
            union all
            select from_us, until_us, cause, detail from troubles
            where until_us is null and from_us < $1 and from_us >= coalesce((select until_us from heard), {SpanClasses.Earliest})
            """,
            SpanClasses.At(range.FromUs),
            range.UntilUs
        );
        // The ends inside the range, and the last one before it: its gap may reach in.
        batch.Add(
            $"""
            select ended_us, end_cause from section_facts where segments > 0 and ended_us < $2 and ended_us >= coalesce(greatest(
                (select ended_us from section_facts where ended_us <= $1 and segments > 0 order by ended_us desc limit 1),
                (select max(end_us) from section_facts where not ended and segments > 0 and end_us <= $1)
            ), {SpanClasses.Earliest})
            """,
            SpanClasses.At(range.FromUs),
            range.UntilUs
        );
        batch.Add(
            $"""
            select from_us, until_us from removals where from_us >= $1 and from_us < $2 and until_us > $1
            union all select x.from_us, x.until_us from {Spans.Of("removals")}
            """,
            SpanClasses.At(range.FromUs),
            range.UntilUs
        );
        await using var row = await batch.ExecuteReaderAsync(cancel);
        var found = new List<Explanation>();
        while (await row.ReadAsync(cancel))
        {
            if (WireNames.Parse<GapCause>(row.GetString(2)) is { } cause)
            {
                found.Add(new Explanation(row.GetInt64(0), row.LongOrNull(1), cause, row.TextOrNull(3), ExplanationRank.Trouble));
            }
        }

        await row.NextResultAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            if (WireNames.Parse<EndCause>(row.TextOrNull(1))?.ToGapCause() is { } cause)
            {
                found.Add(new Explanation(row.GetInt64(0), null, cause, null, ExplanationRank.SectionEnd));
            }
        }

        await row.NextResultAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            found.Add(new Explanation(row.GetInt64(0), row.GetInt64(1), GapCause.PurgedOnRecorder, null, ExplanationRank.Removal));
        }

        return found;
    }
}
