using Npgsql;

namespace AudioRelay.Storage.Postgres;

/// <summary>Reads segments: lists from their narrow table, sound by its id.</summary>
internal static class SegmentRows
{
    private const string Columns =
        "f.segment_id, f.section_id, f.first_sample, f.duration_samples, f.timestamp_ms, f.starts_section, f.size";

    /// <summary>Segments of an id range, inclusive, in order.</summary>
    public static ValueTask<List<SegmentInfo>> ListAsync(
        NpgsqlConnection connection,
        (long From, long To) ids,
        long? sectionId,
        int? limit,
        bool withHashes,
        CancellationToken cancel
    ) =>
        connection.RowsAsync(
            row => ReadInfo(row, withHashes ? row.GetFieldValue<byte[]>(7) : null),
            $"""
            select {Columns}{(withHashes ? ", f.sha256" : "")} from segment_facts f where f.segment_id between $1 and $2
            {(sectionId is null ? "and f.section_id not in (select section_id from section_facts where hidden)" : "and f.section_id = $4")}
            order by f.segment_id limit $3::bigint
            """,
            cancel,
            [ids.From, ids.To, (long?)limit, .. sectionId is { } section ? new object[] { section } : []]
        );

    /// <summary>Segments with their bytes, in order.</summary>
    public static ValueTask<List<Segment>> ReadAsync(NpgsqlConnection connection, long[] ids, CancellationToken cancel) =>
        connection.RowsAsync(
            row => new Segment(ReadInfo(row, row.GetFieldValue<byte[]>(7)), row.GetFieldValue<byte[]>(8)),
            $"""
            select {Columns}, f.sha256, g.audio_data from segments g join segment_facts f on f.segment_id = g.id
            where g.id = any($1) and exists (select 1 from section_facts s where s.section_id = g.section_id and not s.hidden)
            order by g.id
            """,
            cancel,
            ids
        );

    /// <summary>
    /// Adds to a batch the search for the segment of a section that holds a sample. First samples grow with the id inside a section and a
    /// section's ids stand together, so halving finds it in a few reads of the primary key, all on the server.
    /// </summary>
    public static void Find(NpgsqlBatch batch, SectionInfo section, long sample) =>
        batch.Add(
            """
            with recursive half (low, high) as (
                select $1, $2
                union all
                select case when goes_up then middle else low end, case when goes_up then high else f.segment_id - 1 end
                from half
                cross join lateral (select low + (high - low + 1) / 2 as middle) m
                cross join lateral (
                    select segment_id, first_sample from segment_facts where segment_id <= middle order by segment_id desc limit 1
                ) f
                cross join lateral (select f.first_sample <= $3 or f.segment_id <= low as goes_up) g
                where low < high
            )
            select low from half order by high - low limit 1
            """,
            section.FirstSegmentId!.Value,
            section.LastSegmentId!.Value,
            sample
        );

    private static SegmentInfo ReadInfo(NpgsqlDataReader row, byte[]? hash) =>
        new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetBoolean(5), row.GetInt32(6), hash);
}
