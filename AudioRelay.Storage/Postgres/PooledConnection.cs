using Npgsql;

namespace AudioRelay.Storage.Postgres;

/// <summary>A connection that its holder alone uses until it is disposed of.</summary>
internal sealed class PooledConnection(ConnectionPool pool, string database, NpgsqlConnection connection) : IAsyncDisposable
{
    /// <summary>Open, with no transaction.</summary>
    public NpgsqlConnection Connection { get; } = connection;

    /// <summary>It failed, or nobody knows what it is doing.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>It is not used again.</summary>
    public void Break() => IsBroken = true;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => pool.ReturnAsync(database, Connection, IsBroken);
}
