using AudioRelay.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace AudioRelay.EndToEnd.Support;

/// <summary>A show's database file, read by SQLite alone: none of our own reading code takes part.</summary>
internal sealed class StoredShow : IDisposable
{
    private readonly SqliteConnection _connection;

    public StoredShow(string path)
    {
        SqliteLibrary.Version(); // the plain client finds the system's library through it
        _connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = SqliteOpenMode.ReadOnly,
                Pooling = false,
            }.ToString()
        );
        _connection.Open();
    }

    public string Integrity => (string)Scalar("pragma integrity_check")!;

    public IReadOnlyList<StoredSegment> Segments =>
        Rows(
            "select id, section_id, timestamp_ms, duration_samples, audio_data from segments order by id",
            row => new StoredSegment(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), (byte[])row[4])
        );

    public IReadOnlyList<StoredFacts> Sections =>
        Rows(
            """
            select section_id, codec, rate, channels, encoder_delay, frame_samples, samples, padding, ended, end_cause, start_us, end_us
            from section_facts where segments > 0 order by section_id
            """,
            row => new StoredFacts(
                row.GetInt64(0),
                row.GetString(1),
                row.GetInt32(2),
                row.GetInt32(3),
                row.GetInt32(4),
                row.GetInt32(5),
                row.GetInt64(6),
                row.GetInt32(7),
                row.GetInt64(8) != 0,
                row.IsDBNull(9) ? null : row.GetString(9),
                row.GetInt64(10),
                row.GetInt64(11)
            )
        );

    public long MaxId => (long)Scalar("select coalesce(max(id), 0) from segments")!;

    public long JournalSeq => (long)Scalar("select coalesce(max(seq), 0) from journal")!;

    public object? Scalar(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public IReadOnlyList<T> Rows<T>(string sql, Func<SqliteDataReader, T> read)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        List<T> all = [];
        while (rows.Read())
        {
            all.Add(read(rows));
        }

        return all;
    }

    public void Dispose() => _connection.Dispose();
}
