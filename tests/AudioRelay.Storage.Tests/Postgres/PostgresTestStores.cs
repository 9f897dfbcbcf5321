using AudioRelay.Storage.Postgres;
using AudioRelay.TestKit.Postgres;
using Npgsql;

namespace AudioRelay.Storage.Tests.Postgres;

/// <summary>The stores of one test on the shared server: under a prefix of its own, as the plain user.</summary>
internal static class PostgresTestStores
{
    public static PostgresOptions Options(PostgresServer server, string? prefix = null, int? maxConnections = null) =>
        new()
        {
            Url = new Uri(server.Url),
            Password = PostgresServer.Password,
            Prefix = prefix ?? server.NewPrefix(),
            MaxConnections = maxConnections,
        };

    public static PostgresReceivedStores Open(PostgresOptions options) => new(options, TimeProvider.System, new Random(1));

    public static async Task<PostgresReceivedStores> OpenAsync(SharedPostgres shared)
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        return Open(Options(await shared.Server, maxConnections: 8));
    }

    /// <summary>How often this connection has lately read one of the tables whole.</summary>
    public static ValueTask<long> ScansAsync(NpgsqlConnection connection, string[] tables, CancellationToken cancel) =>
        connection.ValueAsync<long>(
            "select sum(seq_scan)::bigint from pg_stat_xact_user_tables where relname::text = any($1)",
            cancel,
            [tables]
        );
}
