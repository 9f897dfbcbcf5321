using Npgsql;

namespace AudioRelay.Storage.Postgres;

/// <summary>Finds and creates databases, through the one that every server has for this.</summary>
internal sealed class PostgresCreation(ConnectionPool pool, PostgresAddress address)
{
    private readonly PostgresDatabase _maintenance = new(pool, address, PostgresAddress.Maintenance);

    /// <summary>The databases whose names begin so, in order.</summary>
    public async ValueTask<IReadOnlyList<string>> ListAsync(string beginning, CancellationToken cancel) =>
        await _maintenance.RunAsync(
            (connection, cancel) =>
                connection.RowsAsync(
                    row => row.GetString(0),
                    "select datname::text from pg_database where starts_with(datname::text, $1) and datallowconn order by 1",
                    cancel,
                    beginning
                ),
            cancel
        );

    /// <summary>Who one is at the server and what one may do.</summary>
    public async ValueTask<PostgresServerInfo> LookAsync(CancellationToken cancel)
    {
        var rows = await _maintenance.RunAsync(
            (connection, cancel) =>
                connection.RowsAsync(
                    row => new PostgresServerInfo(row.GetString(0), row.GetString(1), row.GetBoolean(2)),
                    "select current_setting('server_version'), current_user::text, rolcreatedb or rolsuper from pg_roles where rolname = current_user",
                    cancel
                ),
            cancel
        );
        return rows[0];
    }

    /// <summary>Whether there is a database of that name.</summary>
    public ValueTask<bool> ExistsAsync(string name, CancellationToken cancel) =>
        _maintenance.RunAsync(
            (connection, cancel) =>
                connection.ValueAsync<bool>("select exists (select 1 from pg_database where datname::text = $1)", cancel, name),
            cancel
        );

    /// <summary>Creates a database unless it is there, or somebody creates it in the same moment.</summary>
    public ValueTask<bool> CreateAsync(string name, CancellationToken cancel) =>
        _maintenance.RunAsync(
            async (connection, cancel) =>
            {
                if (await connection.ValueAsync<bool>("select exists (select 1 from pg_database where datname::text = $1)", cancel, name))
                {
                    return false;
                }

                try
                {
                    // From template0, which nobody is connected to and which takes any encoding.
                    await connection.RunAsync($"create database {Quote(name)} template template0 encoding 'UTF8'", cancel);
                    return true;
                }
                catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.InvalidParameterValue)
                {
                    // The server's own locale is of another encoding.
                    await connection.RunAsync(
                        $"create database {Quote(name)} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'",
                        cancel
                    );
                    return true;
                }
                catch (PostgresException error)
                    when (error.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
                {
                    return false;
                }
            },
            cancel
        );

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
