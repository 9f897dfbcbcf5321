using AudioRelay.TestKit.Predecessor;
using Microsoft.Data.Sqlite;

namespace AudioRelay.Storage.Tests.Support;

/// <summary>A file as the predecessor writes it: schema version 4, the blob before the small columns, none of our tables.</summary>
public static class PredecessorFile
{
    public static SqliteConnection Create(string path, string format = "opus", string sampleRate = "48000", string name = "show")
    {
        var connection = Sql.Open(path);
        Run(connection, PredecessorSchema.Create(name, format, sampleRate));
        return connection;
    }

    public static void Section(SqliteConnection connection, long id, long startMs, int rate, params (long Samples, byte[] Data)[] segments)
    {
        Run(connection, $"insert into sections (id, start_timestamp_ms) values ({id}, {startMs})");
        var samples = 0L;
        foreach (var (duration, data) in segments)
        {
            using var command = connection.CreateCommand();
            command.CommandText = PredecessorSchema.InsertSegment;
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
