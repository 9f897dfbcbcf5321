using AudioRelay.Storage.Timeline;

namespace AudioRelay.Storage.Sqlite;

/// <summary>Collects what the journal's projections say about missing sound in a range.</summary>
internal static class GapExplanations
{
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
                """
                select from_us, until_us, cause, detail from troubles
                where from_us < ?2 and (until_us > ?1 or until_us is null and (from_us >= ?1 or not exists (
                    select 1 from section_facts where section_facts.start_us < ?1 and section_facts.segments > 0
                    and section_facts.end_us > troubles.from_us + 2000000)))
                """
            )
            .Bind(1, range.FromUs)
            .Bind(2, range.UntilUs);
        while (row.Step())
        {
            if (WireNames.Parse<GapCause>(row.Text(2)) is { } cause)
            {
                found.Add(new Explanation(row.Long(0), row.LongOrNull(1), cause, row.TextOrNull(3), ExplanationRank.Trouble));
            }
        }
    }

    /// <summary>The ends inside the range, and the last one before it: its gap may reach in.</summary>
    private static void Ends(Database database, UtcRange range, List<Explanation> found)
    {
        using var row = database
            .Query(
                """
                select end_us, end_cause from section_facts where segments > 0 and ended = 1 and end_us < ?2
                and end_us >= coalesce((select max(end_us) from section_facts where end_us <= ?1 and segments > 0), ?1)
                """
            )
            .Bind(1, range.FromUs)
            .Bind(2, range.UntilUs);
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
            .Query("select from_us, until_us from removals where from_us < ?2 and until_us > ?1")
            .Bind(1, range.FromUs)
            .Bind(2, range.UntilUs);
        while (row.Step())
        {
            found.Add(new Explanation(row.Long(0), row.Long(1), GapCause.PurgedOnRecorder, null, ExplanationRank.Removal));
        }
    }
}
