using AudioRelay.Storage.Receiving;
using AudioRelay.Storage.Receiving.Sqlite;
using AudioRelay.Storage.Tests.Support;

namespace AudioRelay.Storage.Tests.Receiving;

public sealed class SqliteReceivedConformance : ReceivedStoreConformance
{
    private readonly TempFolder _folder = new();

    protected override Task<IReceivedStores> OpenStoresAsync() =>
        Task.FromResult<IReceivedStores>(SqliteReceivedStores.Open(_folder.Path, TimeProvider.System, new Random(1)));

    protected override string WithoutEras =>
        """
            drop trigger section_facts_era;
            drop table newest_era;
            alter table section_facts drop column era;
            delete from audiorelay_schema where version = 6;
            """;

    protected override Task SqlAsync(string show, string sql)
    {
        Sql.Execute(Path.Combine(_folder.Path, "shows", show + ".sqlite"), sql);
        return Task.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}
