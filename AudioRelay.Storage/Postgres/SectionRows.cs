using AudioRelay.Storage.Timeline;
using Npgsql;

namespace AudioRelay.Storage.Postgres;

/// <summary>Reads sections: from their own table with its totals, so the number of segments does not matter.</summary>
internal static class SectionRows
{
    private const string Columns =
        "f.section_id, f.start_us, s.start_timestamp_ms, f.codec, f.rate, f.channels, f.encoder_delay, f.frame_samples, f.continues, "
        + "f.chain_samples, f.samples, f.segments, f.first_segment_id, f.last_segment_id, f.end_us, f.padding, f.end_cause, f.ended, "
        + "(select value from metadata where key = 'audio_format')";

    private const string From = "section_facts f join sections s on s.id = f.section_id";

    public static ValueTask<List<SectionInfo>> ListAsync(NpgsqlConnection connection, SectionQuery query, CancellationToken cancel) =>
        query.Overlapping is { } range ? InAsync(connection, query, range, cancel) : AllAsync(connection, query, cancel);

    private static ValueTask<List<SectionInfo>> AllAsync(NpgsqlConnection connection, SectionQuery query, CancellationToken cancel)
    {
        var (order, after) = SectionOrder.Of(query, "$2");
        return connection.RowsAsync(
            Read,
            $"""
            select {Columns} from {From} where not f.hidden and f.segments > 0 {after}
            order by f.start_us {order}, f.section_id {order} limit $1::bigint
            """,
            cancel,
            [(long?)query.Limit, .. After(query)]
        );
    }

    /// <summary>Those that begin in the range, as many as are wanted, and the few that reach into it.</summary>
    private static ValueTask<List<SectionInfo>> InAsync(
        NpgsqlConnection connection,
        SectionQuery query,
        UtcRange range,
        CancellationToken cancel
    )
    {
        var (order, after) = SectionOrder.Of(query, "$4");
        return connection.RowsAsync(
            Read,
            $"""
            with found as (
                (
                    select f.section_id, f.start_us from section_facts f
                    where f.start_us >= $1 and f.start_us < $2 and f.end_us > $1 and not f.hidden and f.segments > 0 {after}
                    order by f.start_us {order}, f.section_id {order} limit $3::bigint
                )
                union all select x.section_id, x.start_us from {Spans.Sections}
            )
            select {Columns} from found join section_facts f on f.section_id = found.section_id join sections s on s.id = f.section_id
            where not f.hidden and f.segments > 0 {after}
            order by found.start_us {order}, found.section_id {order} limit $3::bigint
            """,
            cancel,
            [SpanClasses.At(range.FromUs), range.UntilUs, (long?)query.Limit, .. After(query)]
        );
    }

    private static object[] After(SectionQuery query) => query.After is { } after ? [after] : [];

    public static async ValueTask<SectionInfo?> OneAsync(NpgsqlConnection connection, long sectionId, CancellationToken cancel)
    {
        var rows = await connection.RowsAsync(
            Read,
            $"select {Columns} from {From} where f.section_id = $1 and not f.hidden",
            cancel,
            sectionId
        );
        return rows.Count == 0 ? null : rows[0];
    }

    public static async ValueTask<Presence> PresenceAsync(NpgsqlConnection connection, long sectionId, CancellationToken cancel)
    {
        var rows = await connection.RowsAsync(
            row => (Hidden: row.IsDBNull(0) ? (bool?)null : row.GetBoolean(0), Removed: row.GetBoolean(1)),
            """
            select (select hidden from section_facts where section_id = $1), exists (select 1 from removals where section_id = $1)
            """,
            cancel,
            sectionId
        );
        return rows[0] switch
        {
            (Hidden: false, _) => Presence.Present,
            (Hidden: true, _) or (_, Removed: true) => Presence.Removed,
            _ => Presence.NeverWas,
        };
    }

    public static async ValueTask<long?> DiscontinuitiesAsync(NpgsqlConnection connection, long sectionId, CancellationToken cancel)
    {
        var rows = await connection.RowsAsync(
            row => row.LongOrNull(0),
            "select era from section_facts where section_id = $1 and not hidden",
            cancel,
            sectionId
        );
        return rows.Count == 0 ? null : rows[0];
    }

    public static async ValueTask<SectionInfo?> ByStartAsync(
        NpgsqlConnection connection,
        long timestampMs,
        bool after,
        CancellationToken cancel
    )
    {
        var (compare, order) = after ? (">", "asc") : ("<=", "desc");
        var rows = await connection.RowsAsync(
            Read,
            $"""
            select {Columns} from {From} where not f.hidden and f.segments > 0 and s.start_timestamp_ms {compare} $1
            order by s.start_timestamp_ms {order}, s.id {order} limit 1
            """,
            cancel,
            timestampMs
        );
        return rows.Count == 0 ? null : rows[0];
    }

    /// <summary>The oldest sections that retention may remove (I8).</summary>
    public static ValueTask<List<SectionInfo>> ExpiredAsync(
        NpgsqlConnection connection,
        long limitUs,
        int limit,
        CancellationToken cancel
    ) =>
        connection.RowsAsync(
            Read,
            $"""
            select {Columns} from {From}
            where not f.hidden and f.ended and f.end_us < $1 and not exists (
                select 1 from holds where holds.from_us < f.end_us and (holds.until_us is null or holds.until_us > f.start_us)
            )
            order by f.section_id limit $2
            """,
            cancel,
            limitUs,
            limit
        );

    /// <summary>The wall maps of sections, all in one query; a section without an anchor has none.</summary>
    public static async ValueTask<Dictionary<long, WallMap>> MapsAsync(
        NpgsqlConnection connection,
        IReadOnlyList<SectionInfo> sections,
        CancellationToken cancel
    )
    {
        var rows = await connection.RowsAsync(
            row => (Section: row.GetInt64(0), Anchor: TimelineRows.ReadAnchor(row, 1)),
            "select section_id, sample, utc_us, cause from anchors where section_id = any($1) order by section_id, sample, seq",
            cancel,
            sections.Select(s => s.Id).ToArray()
        );
        var anchors = rows.ToLookup(r => r.Section, r => r.Anchor);
        return sections.Where(s => anchors.Contains(s.Id)).ToDictionary(s => s.Id, s => new WallMap(s.Rate, anchors[s.Id]));
    }

    private static SectionInfo Read(NpgsqlDataReader row) =>
        new()
        {
            Id = row.GetInt64(0),
            StartUs = row.GetInt64(1),
            StartTimestampMs = row.GetInt64(2),
            Codec = row.GetString(3),
            Rate = row.GetInt32(4),
            Channels = row.GetInt32(5),
            EncoderDelay = row.GetInt32(6),
            FrameSamples = row.GetInt32(7),
            Continues = row.LongOrNull(8),
            ChainSamples = row.GetInt64(9),
            Samples = row.GetInt64(10),
            Segments = row.GetInt64(11),
            FirstSegmentId = row.LongOrNull(12),
            LastSegmentId = row.LongOrNull(13),
            EndUs = row.GetInt64(14),
            Padding = row.GetInt32(15),
            End = WireNames.Parse<EndCause>(row.TextOrNull(16)),
            Ended = row.GetBoolean(17),
            AudioFormat = row.GetString(18),
        };
}
