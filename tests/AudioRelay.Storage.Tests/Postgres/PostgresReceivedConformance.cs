using AudioRelay.Storage.Postgres;
using AudioRelay.Storage.Receiving;
using AudioRelay.Storage.Tests.Receiving;
using AudioRelay.TestKit.Postgres;

namespace AudioRelay.Storage.Tests.Postgres;

public sealed class PostgresReceivedConformance(SharedPostgres shared) : ReceivedStoreConformance
{
    private PostgresOptions? _options;

    protected override async Task<IReceivedStores> OpenStoresAsync()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        _options ??= PostgresTestStores.Options(await shared.Server, maxConnections: 8);
        return PostgresTestStores.Open(_options);
    }

    protected override string WithoutEras =>
        """
            drop function number_era cascade;
            drop table newest_era;
            alter table section_facts drop column era;
            delete from audiorelay_schema where version = 5;
            """;

    protected override async Task SqlAsync(string show, string sql) =>
        await (await shared.Server).Sql(sql, $"save_audio_{_options!.Prefix}_{show}");
}
