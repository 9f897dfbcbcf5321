namespace AudioRelay.Storage.Sqlite;

/// <summary>What is kept per section so that no list has to add segments up. Always in the transaction of the insert it counts.</summary>
internal static class SectionTotals
{
    /// <summary>Counts segments of a section that were just inserted one after another.</summary>
    /// <param name="database">The connection.</param>
    /// <param name="sectionId">Their section.</param>
    /// <param name="firstId">The first of them.</param>
    /// <param name="lastId">The last of them.</param>
    /// <param name="segments">How many.</param>
    /// <param name="samples">Programme samples in them all.</param>
    public static void Count(Database database, long sectionId, long firstId, long lastId, int segments, long samples)
    {
        database
            .Query(
                """
                update section_facts
                set samples = samples + ?4, segments = segments + ?5, last_segment_id = ?3, first_segment_id = coalesce(first_segment_id, ?2)
                where section_id = ?1
                """
            )
            .Bind(1, sectionId)
            .Bind(2, firstId)
            .Bind(3, lastId)
            .Bind(4, samples)
            .Bind(5, segments)
            .Run();
        Refresh(database, sectionId);
    }

    /// <summary>Start and end by the wall map as it now stands. Called after segments and after each anchor, so their order does not matter.</summary>
    public static void Refresh(Database database, long sectionId)
    {
        var (rate, samples) = RateAndSamples(database, sectionId);
        if (JournalProjection.MapAround(database, sectionId, rate, 0) is not { } atStart)
        {
            return;
        }

        var startUs = atStart.UtcUsAt(0);
        var endUs = JournalProjection.MapAround(database, sectionId, rate, samples)!.UtcUsBefore(samples);
        database
            .Query("update section_facts set start_us = ?2, end_us = ?3 where section_id = ?1")
            .Bind(1, sectionId)
            .Bind(2, startUs)
            .Bind(3, Math.Max(startUs, endUs))
            .Run();
        database
            .Query("update sections set start_timestamp_ms = ?2 where id = ?1 and start_timestamp_ms <> ?2")
            .Bind(1, sectionId)
            .Bind(2, Times.ToMs(startUs))
            .Run();
    }

    public static int RateOf(Database database, long sectionId) => RateAndSamples(database, sectionId).Rate;

    private static (int Rate, long Samples) RateAndSamples(Database database, long sectionId)
    {
        using var row = database.Query("select rate, samples from section_facts where section_id = ?1").Bind(1, sectionId);
        return row.Step() ? (row.Int(0), row.Long(1)) : throw new InvalidOperationException($"There is no section {sectionId}.");
    }
}
