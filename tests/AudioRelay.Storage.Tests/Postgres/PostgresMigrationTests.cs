using AudioRelay.Storage.Migrations;
using AudioRelay.Storage.Postgres;
using AudioRelay.Storage.Receiving;
using AudioRelay.Storage.Tests.Receiving;
using AudioRelay.TestKit.Postgres;

namespace AudioRelay.Storage.Tests.Postgres;

/// <summary>A script may take as long as it needs, and whoever waits for it is told.</summary>
public sealed class PostgresMigrationTests(SharedPostgres shared)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_script_takes_longer_than_other_statements_may()
    {
        await using var stores = await PostgresTestStores.OpenAsync(shared);
        await stores.OpenOrCreateAsync(new SourceRecording().Show, Token);
        var slow = new PostgresMigrations("segments", "", "", "select pg_sleep(1.5); create table slow (id integer)");
        var (address, name) = await AddressAsync(stores);
        await using var source = address.Source(name);
        await using var connection = await source.OpenConnectionAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        var until = connection.ConnectionString.Contains("Command Timeout=1;", StringComparison.Ordinal);
        Assert.True(until, connection.ConnectionString);

        Assert.False(await slow.ApplyAsync(connection, name, Token));
        Assert.Equal(3, await slow.VersionAsync(connection, name, Token));
    }
}
