using AudioRelay.Benchmarks.Storing;
using Npgsql;
using NpgsqlTypes;

namespace AudioRelay.Benchmarks.Sync;

/// <summary>The peer of a pull into PostgreSQL: the same rows by binary COPY over one connection, and nothing else.</summary>
internal sealed class BareCopy : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlConnection _connection;

    private BareCopy(NpgsqlDataSource source, NpgsqlConnection connection) => (_source, _connection) = (source, connection);

    public static async Task<BareCopy> Connect(Uri server)
    {
        var user = server.UserInfo.Split(':');
        var source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder
            {
                Host = server.Host,
                Port = server.Port,
                Username = user[0],
                Password = user[1],
                Database = "postgres",
                WriteBufferSize = 65_536, // as ours
            }
        );
        await using (var creation = source.CreateCommand("create database bare"))
        {
            await creation.ExecuteNonQueryAsync();
        }

        await source.DisposeAsync();
        source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(source.ConnectionString) { Database = "bare", Password = user[1] }
        );
        return new BareCopy(source, await source.OpenConnectionAsync());
    }

    /// <summary>Copies rows into a new table like ours, each batch of them committed, and gives the rows a second.</summary>
    /// <remarks>
    /// Every column that ours has, over the same driver with the same buffers, to the same server with the same settings of durability. What it has
    /// not: our second table with what lists need, the journal, titles, the fence; and nobody hashes, checks or fetches anything.
    /// </remarks>
    /// <param name="rows">How many.</param>
    /// <param name="perCommit">In batches of this many.</param>
    /// <param name="blob">The sound of each.</param>
    public async Task<double> Copy(int rows, int perCommit, byte[] blob)
    {
        await Execute(
            """
            drop table if exists segments;
            create table segments (id bigint not null primary key, timestamp_ms bigint not null, is_timestamp_from_source integer not null,
                section_id bigint not null, duration_samples bigint not null, audio_data bytea not null);
            alter table segments alter column audio_data set storage external;
            """
        );
        var began = TimeProvider.System.GetTimestamp();
        for (var id = 0; id < rows; )
        {
            await using var copy = await _connection.BeginBinaryImportAsync(
                "copy segments (id, timestamp_ms, is_timestamp_from_source, section_id, duration_samples, audio_data) from stdin (format binary)"
            );
            for (var end = Math.Min(rows, id + perCommit); id < end; id++)
            {
                await copy.StartRowAsync();
                await copy.WriteAsync(id + 1L, NpgsqlDbType.Bigint);
                await copy.WriteAsync(1_700_000_000_000L + (id * 6000L), NpgsqlDbType.Bigint);
                await copy.WriteAsync(id == 0 ? 1 : 0, NpgsqlDbType.Integer);
                await copy.WriteAsync(1_700_000_000_000_000L, NpgsqlDbType.Bigint);
                await copy.WriteAsync((long)ShowFill.SegmentSeconds * ShowFill.Rate, NpgsqlDbType.Bigint);
                await copy.WriteAsync(blob, NpgsqlDbType.Bytea);
            }

            await copy.CompleteAsync();
        }

        return rows / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _source.DisposeAsync();
    }

    private async Task Execute(string sql)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        await command.ExecuteNonQueryAsync();
    }
}
