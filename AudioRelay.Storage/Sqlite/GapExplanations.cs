using AudioRelay.Storage.Timeline;

namespace AudioRelay.Storage.Sqlite;

/// <summary>Collects what the journal's projections say about missing sound in a range.</summary>
internal static class GapExplanations
{
    /// <summary>A trouble may be told so much before the last sound ends, µs.</summary>
    private const long JustBefore = 2_000_000;

    public static IReadOnlyList<Explanation> Read(Database database, UtcRange range)
    {
        var found = new List<Explanation>();
        Troubles(database, range, found);
        Ends(database, range, found);
        Removals(database, range, found);
        return found;
    }

    /// <summary>An open-ended trouble from before the range counts only if no sound was kept between it and the range.</summary>
    private static void Troubles(Database database, UtcRange range, List<Explanation> found)
    {
        using var row = database
            .Query(
                $"""
                select from_us, until_us, cause, detail from troubles
                where from_us >= ?1 and from_us < ?2 and (until_us > ?1 or until_us is null)
                union all
                select x.from_us, x.until_us, x.cause, x.detail from {Spans.OfEnded("troubles")}
                union all
                select from_us, until_us, cause, detail from troubles where until_us is null and from_us < ?1 and from_us >= ?3
                """
            )
            .Bind(1, SpanClasses.At(range.FromUs))
            .Bind(2, range.UntilUs)
            .Bind(3, HeardUntil(database, range.FromUs) is { } heard ? heard - JustBefore : long.MinValue);
        while (row.Step())
        {
            if (WireNames.Parse<GapCause>(row.Text(2)) is { } cause)
            {
                found.Add(new Explanation(row.Long(0), row.LongOrNull(1), cause, row.TextOrNull(3), ExplanationRank.Trouble));
            }
        }
    }

    /// <summary>Until when the sound reaches that began before an instant; null when there is none.</summary>
    private static long? HeardUntil(Database database, long utcUs)
    {
        using var row = database
            .Query(
                $"""
                select max(until) from (
                    select end_us as until from section_facts where ended = 0 and segments > 0 and +start_us < ?1
                    union all select x.end_us from {Spans.Sections} and x.segments > 0
                    union all select * from (
                        select end_us from section_facts where ended = 1 and end_us <= ?1 and start_us < ?1 and segments > 0
                        order by end_us desc limit 1
                    )
                )
                """
            )
            .Bind(1, SpanClasses.At(utcUs));
        row.Step();
        return row.LongOrNull(0);
    }

    /// <summary>The ends inside the range, and the last one before it: its gap may reach in.</summary>
    private static void Ends(Database database, UtcRange range, List<Explanation> found)
    {
        using var row = database
            .Query(
                """
                select end_us, end_cause from section_facts where ended = 1 and segments > 0 and end_us < ?2 and end_us >= max(
                    coalesce((select end_us from section_facts where ended = 1 and segments > 0 and end_us <= ?1 order by end_us desc limit 1), ?3),
                    coalesce((select max(end_us) from section_facts where ended = 0 and segments > 0 and end_us <= ?1), ?3)
                )
                """
            )
            .Bind(1, range.FromUs)
            .Bind(2, range.UntilUs)
            .Bind(3, long.MinValue);
        while (row.Step())
        {
            if (WireNames.Parse<EndCause>(row.TextOrNull(1))?.ToGapCause() is { } cause)
            {
                found.Add(new Explanation(row.Long(0), null, cause, null, ExplanationRank.SectionEnd));
            }
        }
    }

    private static void Removals(Database database, UtcRange range, List<Explanation> found)
    {
        using var row = database
            .Query(
                $"""
                select from_us, until_us from removals where from_us >= ?1 and from_us < ?2 and until_us > ?1
                union all select x.from_us, x.until_us from {Spans.Of("removals")}
                """
            )
            .Bind(1, SpanClasses.At(range.FromUs))
            .Bind(2, range.UntilUs);
        while (row.Step())
        {
            found.Add(new Explanation(row.Long(0), row.Long(1), GapCause.PurgedOnRecorder, null, ExplanationRank.Removal));
        }
    }
}
