namespace AudioRelay.TestKit.Predecessor;

/// <summary>A show's file as the predecessor makes it (<c>spec/relay.md</c> §3.1): schema version 4, the blob before the small columns.</summary>
public static class PredecessorSchema
{
    /// <summary>Adds a segment: <c>$t</c> in ms, <c>$s</c> 1 for a section's first, <c>$d</c> the blob, <c>$i</c> the section, <c>$n</c> in samples.</summary>
    public const string InsertSegment =
        "insert into segments (timestamp_ms, is_timestamp_from_source, audio_data, section_id, duration_samples) values ($t, $s, $d, $i, $n)";

    /// <summary>What makes an empty file a show of that name and format.</summary>
    public static string Create(string name, string format, string sampleRate) =>
        $"""
            pragma journal_mode = wal;
            create table metadata (key varchar primary key, value varchar not null);
            create table sections (id bigint not null primary key, start_timestamp_ms bigint not null);
            create table segments (
                id integer primary key autoincrement,
                timestamp_ms bigint not null,
                is_timestamp_from_source integer not null default 0,
                audio_data blob not null,
                section_id bigint not null references sections (id) on delete cascade,
                duration_samples integer not null
            );
            create index idx_segments_boundary on segments (is_timestamp_from_source, timestamp_ms);
            create index idx_segments_section_id on segments (section_id);
            create index idx_sections_start_timestamp on sections (start_timestamp_ms);
            insert into metadata (key, value) values ('version', '4'), ('unique_id', 'db_a1b2c3d4e5f6'), ('name', '{name}'),
                ('audio_format', '{format}'), ('bitrate', '16'), ('sample_rate', '{sampleRate}'), ('is_recipient', 'false');
            """;
}
