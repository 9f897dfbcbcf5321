using AudioRelay.Storage.Postgres;
using AudioRelay.Storage.Tests.Receiving;
using AudioRelay.TestKit.Postgres;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Storage.Tests.Postgres;

public sealed class PostgresConnectionTests(SharedPostgres shared)
{
    private const long Noon = 1_790_000_000_000_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Forty_shows_write_and_read_over_eight_connections()
    {
        var server = await ServerAsync();
        var options = PostgresTestStores.Options(server, maxConnections: 8);
        await using var stores = PostgresTestStores.Open(options);
        var most = 0;
        var written = await Task.WhenAll(
            Enumerable
                .Range(0, 40)
                .Select(async i =>
                {
                    var source = new SourceRecording($"db_{i}", name: $"show{i}").Open(Noon);
                    await using var store = await stores.OpenOrCreateAsync(source.Show, Token);
                    var at = await store.ClaimAsync(Token);
                    for (var batch = 0; batch < 3; batch++)
                    {
                        var reading = store.Reader.SegmentsAsync(new SegmentQuery(), Token);
                        at = (await store.CommitAsync(at, source.Record(2).Pull(), Token)).Checkpoint;
                        await reading;
                        InterlockedMax(ref most, stores.Pool.Total);
                    }

                    return (await store.Reader.SegmentsAsync(new SegmentQuery(), Token)).Count;
                })
        );
        Assert.All(written, count => Assert.Equal(6, count));
        Assert.InRange(most, 2, 8);
        Assert.Equal(40, (await stores.ListAsync(Token)).Count);
        var seen = await server.Sql($"select count(*) from pg_stat_activity where datname like 'save\\_audio\\_{options.Prefix}\\_%'");
        Assert.InRange(int.Parse(seen), 0, 8);
    }

    [Fact]
    public async Task Who_finds_no_connection_waits_in_line_and_may_give_up()
    {
        await using var pool = await PoolAsync(budget: 1);
        var first = await pool.RentAsync("postgres", Token);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var impatient = pool.RentAsync("template1", patience.Token).AsTask();
        var patient = pool.RentAsync("template1", Token).AsTask();
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        Assert.False(patient.IsCompleted);
        await first.DisposeAsync();
        await using var second = await patient;
        Assert.Equal("template1", second.Connection.Database);
        Assert.Equal(1, pool.Total);
    }

    [Fact]
    public async Task One_database_has_two_connections_at_most()
    {
        await using var pool = await PoolAsync(budget: 8);
        await using var one = await pool.RentAsync("postgres", Token);
        var two = await pool.RentAsync("postgres", Token);
        var three = pool.RentAsync("postgres", Token).AsTask();
        await using var other = await pool.RentAsync("template1", Token);
        Assert.False(three.IsCompleted);
        await two.DisposeAsync();
        await using var reused = await three;
        Assert.Same(two.Connection, reused.Connection);
    }

    [Fact]
    public async Task A_connection_that_nobody_uses_is_closed_after_fifteen_seconds()
    {
        var time = new ManualTime();
        await using var pool = await PoolAsync(budget: 8, time);
        await (await pool.RentAsync("postgres", Token)).DisposeAsync();
        time.Advance(ConnectionPool.KeptIdle - TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, pool.Total);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, pool.Total);
    }

    [Fact]
    public async Task Without_a_budget_of_its_own_a_receiver_takes_half_of_what_the_server_has_for_users()
    {
        await using var pool = await PoolAsync(budget: null);
        Assert.Null(pool.Limit);
        await using var one = await pool.RentAsync("postgres", Token);
        Assert.Equal((100 - 3) / 2, pool.Limit);
    }

    [Fact]
    public async Task A_place_is_free_again_after_a_database_could_not_be_opened()
    {
        await using var pool = await PoolAsync(budget: 1);
        for (var i = 0; i < 3; i++)
        {
            var error = await Assert.ThrowsAsync<StorageException>(async () => await pool.RentAsync("no such database", Token));
            Assert.Equal(StorageFault.NotFound, error.Fault);
        }

        await using var one = await pool.RentAsync("postgres", Token);
        Assert.Equal(1, pool.Total);
    }

    [Fact]
    public async Task Many_receivers_that_create_one_show_at_once_get_one_store()
    {
        var server = await ServerAsync();
        var options = PostgresTestStores.Options(server, maxConnections: 4);
        var all = Enumerable.Range(0, 6).Select(i => new PostgresReceivedStores(options, TimeProvider.System, new Random(i))).ToList();
        var opened = await Task.WhenAll(all.Select(stores => stores.OpenOrCreateAsync(new SourceRecording().Show, Token).AsTask()));
        var ids = await Task.WhenAll(opened.Select(async store => (await store.Reader.InfoAsync(Token)).UniqueId));
        Assert.Single(ids.Distinct());
        var claims = await Task.WhenAll(opened.Select(store => store.ClaimAsync(Token).AsTask()));
        Assert.Equal([1L, 2, 3, 4, 5, 6], claims.Select(c => c.Epoch).Order());
        foreach (var stores in all)
        {
            await stores.DisposeAsync();
        }
    }

    [Fact]
    public async Task Databases_of_another_prefix_are_not_listed()
    {
        var server = await ServerAsync();
        var prefix = server.NewPrefix();
        await using var stores = PostgresTestStores.Open(PostgresTestStores.Options(server, prefix));
        await using var longer = PostgresTestStores.Open(PostgresTestStores.Options(server, prefix + "_b"));
        await using var mine = await stores.OpenOrCreateAsync(new SourceRecording(name: "c").Show, Token);
        await using var theirs = await longer.OpenOrCreateAsync(new SourceRecording(name: "c").Show, Token);
        await stores.Control.BookmarksAsync(null, Token);
        Assert.Equal(["c"], (await stores.ListAsync(Token)).Select(s => s.Name));
        Assert.Equal(["c"], (await longer.ListAsync(Token)).Select(s => s.Name));
        var error = await Assert.ThrowsAsync<StorageException>(async () => await stores.OpenAsync("b_c", Token));
        Assert.Equal(StorageFault.ConfigMismatch, error.Fault);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int seen;
        while (value > (seen = Volatile.Read(ref most)))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    private async Task<PostgresServer> ServerAsync()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        return await shared.Server;
    }

    private async Task<ConnectionPool> PoolAsync(int? budget, TimeProvider? time = null)
    {
        var server = await ServerAsync();
        return new ConnectionPool(new PostgresAddress(new Uri(server.Url), PostgresServer.Password), budget, time ?? TimeProvider.System);
    }
}
