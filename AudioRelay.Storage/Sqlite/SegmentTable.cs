namespace AudioRelay.Storage.Sqlite;

/// <summary>Writes segments, in the caller's transaction: the predecessor's row and ours beside it. The caller counts it.</summary>
internal static class SegmentTable
{
    /// <summary>Inserts a segment; <see cref="SectionTotals.Count"/> is still to be told.</summary>
    /// <param name="database">The connection.</param>
    /// <param name="segment">The segment, checked.</param>
    /// <param name="startsSection">True for the first of its section.</param>
    /// <param name="sha256">Of its data.</param>
    /// <param name="origin">Of a received segment; null for a recorded one, which gets the next id.</param>
    /// <returns>Its id.</returns>
    public static long Insert(
        Database database,
        in NewSegment segment,
        bool startsSection,
        ReadOnlySpan<byte> sha256,
        SegmentOrigin? origin = null
    )
    {
        var data = segment.Data.Span;
        database
            .Query(
                """
                insert into segments (id, timestamp_ms, is_timestamp_from_source, section_id, duration_samples, audio_data)
                values (?6, ?1, ?2, ?3, ?4, ?5)
                """
            )
            .Bind(1, segment.TimestampMs)
            .Bind(2, startsSection ? 1 : 0)
            .Bind(3, segment.SectionId)
            .Bind(4, segment.DurationSamples)
            .Bind(5, data)
            .Bind(6, origin?.Id)
            .Run();
        var given = origin?.Id ?? database.Long("select last_insert_rowid()");
        database
            .Query(
                """
                insert into segment_facts (segment_id, section_id, first_sample, duration_samples, timestamp_ms, starts_section, size, sha256,
                    source, source_id)
                values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
                """
            )
            .Bind(1, given)
            .Bind(2, segment.SectionId)
            .Bind(3, segment.FirstSample)
            .Bind(4, segment.DurationSamples)
            .Bind(5, segment.TimestampMs)
            .Bind(6, startsSection ? 1 : 0)
            .Bind(7, data.Length)
            .Bind(8, sha256)
            .Bind(9, origin?.Source)
            .Bind(10, origin?.SourceId)
            .Run();
        return given;
    }

    /// <summary>The largest id ever given; 0 before the first.</summary>
    public static long LastId(Database database) => database.Long("select seq from sqlite_sequence where name = 'segments'");
}
