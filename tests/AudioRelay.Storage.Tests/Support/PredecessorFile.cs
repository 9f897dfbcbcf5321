using Microsoft.Data.Sqlite;

namespace AudioRelay.Storage.Tests.Support;

/// <summary>A file as the predecessor writes it: schema version 4, the blob before the small columns, none of our tables.</summary>
public static class PredecessorFile
{
    public static SqliteConnection Create(string path, string format = "opus", string sampleRate = "48000", string name = "show")
    {
        var connection = Sql.Open(path);
        Run(
            connection,
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
            """
        );
        return connection;
    }

    public static void Section(SqliteConnection connection, long id, long startMs, int rate, params (long Samples, byte[] Data)[] segments)
    {
        Run(connection, $"insert into sections (id, start_timestamp_ms) values ({id}, {startMs})");
        var samples = 0L;
        foreach (var (duration, data) in segments)
        {
            using var command = connection.CreateCommand();
            command.CommandText =
                "insert into segments (timestamp_ms, is_timestamp_from_source, audio_data, section_id, duration_samples) values ($t, $s, $d, $i, $n)";
            command.Parameters.AddWithValue("$t", startMs + (samples * 1000 / rate));
            command.Parameters.AddWithValue("$s", samples == 0 ? 1 : 0);
            command.Parameters.AddWithValue("$d", data);
            command.Parameters.AddWithValue("$i", id);
            command.Parameters.AddWithValue("$n", duration);
            command.ExecuteNonQuery();
            samples += duration;
        }

        Run(connection, $"insert or replace into metadata (key, value) values ('pending_section_id', '{id}')");
    }

    public static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
