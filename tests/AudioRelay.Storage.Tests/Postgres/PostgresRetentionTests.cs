using AudioRelay.Storage.Retention;
using AudioRelay.Storage.Tests.Receiving;
using AudioRelay.TestKit.Postgres;

namespace AudioRelay.Storage.Tests.Postgres;

/// <summary>Retention that is given little time for each pass.</summary>
public sealed class PostgresRetentionTests(SharedPostgres shared)
{
    private const long Noon = 1_790_000_000_000_000;
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(250);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_large_journal_is_gone_through_in_slices_each_of_which_gets_on()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        var server = await shared.Server;
        var options = PostgresTestStores.Options(server, maxConnections: 8);
        await using var stores = PostgresTestStores.Open(options);
        await using var store = await stores.OpenOrCreateAsync(new SourceRecording().Show, Token);
        var at = await store.ClaimAsync(Token);
        var database = $"save_audio_{options.Prefix}_show";
        // A statement on the journal takes longer than a slice, as it does on a slow disk with years of it.
        await server.Sql(
            $"""
            insert into journal (seq, at_us, kind, body) select n, {Noon} + n, 'alive', '' from generate_series(1, 1200) n;
            create function slow() returns trigger language plpgsql as 'begin perform pg_sleep(0.3); return null; end';
            create trigger slow before delete on journal for each statement execute function slow()
            """,
            database
        );

        RetentionReport? report = null;
        var slices = 0;
        for (; report is null && slices < 20; slices++)
        {
            using var slice = new CancellationTokenSource(Slice);
            try
            {
                report = await store.RetainAsync(at, Noon + 10_000, slice.Token);
            }
            catch (OperationCanceledException) when (slice.IsCancellationRequested)
            {
                // The next one goes on.
            }
        }

        Assert.NotNull(report);
        Assert.InRange(slices, 2, 20);
        Assert.Equal("0", await server.Sql("select count(*) from journal", database));
    }
}
