using AudioRelay.Benchmarks.Storing;
using Microsoft.Data.Sqlite;

namespace AudioRelay.Benchmarks.Sync;

/// <summary>The peer of a pull into SQLite: the same rows, inserted in transactions of the same size, with the same durability.</summary>
internal static class BareInserts
{
    /// <summary>Inserts rows into a new file and gives the rows a second.</summary>
    public static double Insert(string path, int rows, int perCommit, byte[] blob)
    {
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString
        );
        connection.Open();
        Execute(connection, "pragma journal_mode = wal");
        Execute(connection, "pragma synchronous = full");
        Execute(connection, "pragma wal_autocheckpoint = 256");
        Execute(
            connection,
            """
            create table segments (id integer primary key autoincrement, timestamp_ms bigint not null,
                is_timestamp_from_source integer not null default 0, section_id bigint not null, duration_samples integer not null,
                audio_data blob not null);
            create index idx_segments_boundary on segments (is_timestamp_from_source, timestamp_ms);
            create index idx_segments_section_id on segments (section_id);
            """
        );
        using var insert = connection.CreateCommand();
        insert.CommandText = "insert into segments values (@id, @time, @starts, 1700000000000000, @samples, @data)";
        var (id, time) = (insert.Parameters.AddWithValue("@id", 0L), insert.Parameters.AddWithValue("@time", 0L));
        insert.Parameters.AddWithValue("@starts", 0);
        insert.Parameters.AddWithValue("@samples", ShowFill.SegmentSeconds * ShowFill.Rate);
        insert.Parameters.AddWithValue("@data", blob);
        insert.Prepare();
        var began = TimeProvider.System.GetTimestamp();
        for (var row = 0; row < rows; )
        {
            using var transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            for (var end = Math.Min(rows, row + perCommit); row < end; row++)
            {
                id.Value = row + 1L;
                time.Value = 1_700_000_000_000L + (row * 6000L);
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        return rows / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
