using AudioRelay.Benchmarks.Measuring;
using Microsoft.Data.Sqlite;

namespace AudioRelay.Benchmarks.Segments;

/// <summary>The peer of a cold segment: its row, read by its key, over and over on one connection.</summary>
internal static class BareReads
{
    public static Durations Run(string path, int segments, TimeSpan length)
    {
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Pooling = false,
                Mode = SqliteOpenMode.ReadOnly,
            }.ConnectionString
        );
        connection.Open();
        using var read = connection.CreateCommand();
        read.CommandText = "select audio_data from segments where id = @id";
        var id = read.Parameters.Add("@id", SqliteType.Integer);
        read.Prepare();
        var (random, taken) = (new Random(1), new Durations());
        for (var began = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(began) < length; )
        {
            taken.Take(() =>
            {
                id.Value = random.Next(1, segments + 1);
                return (byte[])read.ExecuteScalar()!;
            });
        }

        return taken;
    }
}
