using AudioRelay.Benchmarks.Measuring;
using Microsoft.Data.Sqlite;

namespace AudioRelay.Benchmarks.Storing;

/// <summary>The peer of a commit: the same blobs into a table of nothing but blobs, with the same durability.</summary>
internal static class BareSqlite
{
    public static Durations Insert(string path, byte[] blob, int count)
    {
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString
        );
        connection.Open();
        Execute(connection, "pragma journal_mode = wal");
        Execute(connection, "pragma synchronous = full");
        Execute(connection, "pragma wal_autocheckpoint = 256");
        Execute(connection, "create table blobs (id integer primary key, data blob not null)");
        using var insert = connection.CreateCommand();
        insert.CommandText = "insert into blobs (data) values (@data)"; // a statement by itself is a transaction
        insert.Parameters.AddWithValue("@data", blob);
        insert.Prepare();
        var taken = new Durations();
        for (var i = 0; i < count; i++)
        {
            taken.Take(insert.ExecuteNonQuery);
        }

        return taken;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
