using AudioRelay.Storage.Migrations;
using AudioRelay.Storage.Postgres;
using AudioRelay.Storage.Tests.Receiving;
using AudioRelay.TestKit.Postgres;
using Npgsql;

namespace AudioRelay.Storage.Tests.Postgres;

/// <summary>A script may take as long as it needs, and whoever waits for it is told.</summary>
public sealed class PostgresMigrationTests(SharedPostgres shared)
{
    private static readonly PostgresMigrations OneMore = new(
        "segments",
        [.. Enumerable.Repeat("", PostgresMigrations.Show.Newest), "select pg_sleep(1.5)"]
    );

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_script_may_take_longer_than_other_statements()
    {
        await using var connection = await ConnectAsync(await StoreAsync(), "Command Timeout=1");
        await using var transaction = await connection.BeginTransactionAsync(Token);
        await Assert.ThrowsAsync<NpgsqlException>(async () => await connection.RunAsync("select pg_sleep(1.5)", Token));
        await transaction.RollbackAsync(Token);

        await using var another = await connection.BeginTransactionAsync(Token);
        Assert.False(await OneMore.ApplyAsync(connection, "here", Token));
        Assert.Equal(OneMore.Newest, await OneMore.VersionAsync(connection, "here", Token));
    }

    [Fact]
    public async Task Who_waits_for_a_script_of_another_program_is_told_so()
    {
        var database = await StoreAsync();
        await using var first = await ConnectAsync(database, "Command Timeout=60");
        await using var running = await first.BeginTransactionAsync(Token);
        Assert.False(await PostgresMigrations.Show.ApplyAsync(first, "here", Token)); // holds on to it until its transaction ends

        await using var second = await ConnectAsync(database, "Options=-c lock_timeout=50");
        await using var waiting = await second.BeginTransactionAsync(Token);
        var told = await Assert.ThrowsAsync<StorageException>(async () => await PostgresMigrations.Show.ApplyAsync(second, "here", Token));
        Assert.Equal(StorageFault.Busy, told.Fault);
        Assert.Contains("here is being brought up to date by another program", told.Message, StringComparison.Ordinal);
    }

    private async Task<string> StoreAsync()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        var options = PostgresTestStores.Options(await shared.Server);
        await using var stores = PostgresTestStores.Open(options);
        await using var store = await stores.OpenOrCreateAsync(new SourceRecording().Show, Token);
        return $"save_audio_{options.Prefix}_show";
    }

    private async Task<NpgsqlConnection> ConnectAsync(string database, string how)
    {
        var port = (await shared.Server).Port;
        var connection = new NpgsqlConnection(
            $"Host=127.0.0.1;Port={port};Username={PostgresServer.User};Password={PostgresServer.Password};Database={database};Pooling=false;{how}"
        );
        await connection.OpenAsync(Token);
        return connection;
    }
}
