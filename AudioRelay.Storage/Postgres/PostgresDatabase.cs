using System.Data;
using Npgsql;

namespace AudioRelay.Storage.Postgres;

/// <summary>One database of the server: runs work on a connection of the pool and says what went wrong in our words.</summary>
internal sealed class PostgresDatabase(ConnectionPool pool, PostgresAddress address, string name)
{
    /// <summary>The database's name.</summary>
    public string Name => name;

    /// <summary>The database and its server, for people.</summary>
    public string Where => $"{name} on {address.Server}";

    /// <summary>Runs single statements.</summary>
    public async ValueTask<T> RunAsync<T>(Func<NpgsqlConnection, CancellationToken, ValueTask<T>> work, CancellationToken cancel)
    {
        await using var rented = await pool.RentAsync(name, cancel);
        try
        {
            return await work(rented.Connection, cancel);
        }
        catch (Exception error)
        {
            throw await FailAsync(rented, error);
        }
    }

    /// <summary>Runs several reads that see the same moment.</summary>
    public ValueTask<T> SnapshotAsync<T>(Func<NpgsqlConnection, CancellationToken, ValueTask<T>> read, CancellationToken cancel) =>
        TransactAsync(IsolationLevel.RepeatableRead, read, cancel);

    /// <summary>Runs a transaction: all of it or nothing, but when the connection breaks in the commit nobody knows which.</summary>
    public ValueTask<T> TransactAsync<T>(Func<NpgsqlConnection, CancellationToken, ValueTask<T>> work, CancellationToken cancel) =>
        TransactAsync(IsolationLevel.ReadCommitted, work, cancel);

    /// <summary>
    /// Runs a transaction that begins with the first of its statements and commits with the last, to spare the round trips. What fails before the
    /// commit is rolled back.
    /// </summary>
    public async ValueTask<T> PipelineAsync<T>(Func<NpgsqlConnection, CancellationToken, ValueTask<T>> work, CancellationToken cancel)
    {
        await using var rented = await pool.RentAsync(name, cancel);
        try
        {
            return await work(rented.Connection, cancel);
        }
        catch (Exception error)
        {
            var fault = await FailAsync(rented, error);
            // After some refusals, a full disk among them, the driver has hung up already.
            if (!rented.IsBroken && rented.Connection.State == ConnectionState.Open)
            {
                await RollBackAsync(rented);
            }

            throw fault;
        }
    }

    private static async ValueTask RollBackAsync(PooledConnection rented)
    {
        try
        {
            await rented.Connection.RunAsync("rollback", CancellationToken.None);
        }
        catch (Exception error) when (PostgresFaults.IsOurs(error))
        {
            // The server has rolled back then, or will when it notices; what went wrong first is what is told.
            rented.Break();
        }
    }

    private async ValueTask<T> TransactAsync<T>(
        IsolationLevel level,
        Func<NpgsqlConnection, CancellationToken, ValueTask<T>> work,
        CancellationToken cancel
    )
    {
        await using var rented = await pool.RentAsync(name, cancel);
        try
        {
            // Sent with the first statement, so it costs no round trip.
            await using var transaction = await rented.Connection.BeginTransactionAsync(level, cancel);
            var result = await work(rented.Connection, cancel);
            await transaction.CommitAsync(cancel);
            return result;
        }
        catch (Exception error)
        {
            throw await FailAsync(rented, error);
        }
    }

    private async ValueTask<Exception> FailAsync(PooledConnection rented, Exception error)
    {
        // What a statement was refused for leaves the connection usable, and disposing of the transaction has rolled it back.
        if (error is StorageException || (error is PostgresException && !PostgresFaults.IsBroken(error)))
        {
            return error is StorageException ? error : PostgresFaults.Map(error, address, name);
        }

        rented.Break();
        if (!PostgresFaults.IsOurs(error))
        {
            return error;
        }

        // What took this connection has probably taken the others too.
        await pool.CloseIdleAsync();
        return PostgresFaults.Map(error, address, name);
    }
}
