using Npgsql;

namespace AudioRelay.Storage.Postgres;

/// <summary>A connection that its holder alone uses until it is disposed of.</summary>
internal sealed class PooledConnection(ConnectionPool pool, string database, NpgsqlConnection connection) : IAsyncDisposable
{
    private bool _broken;

    /// <summary>Open, with no transaction.</summary>
    public NpgsqlConnection Connection { get; } = connection;

    /// <summary>It is not used again: it failed, or nobody knows what it is doing.</summary>
    public void Break() => _broken = true;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => pool.ReturnAsync(database, Connection, _broken);
}
