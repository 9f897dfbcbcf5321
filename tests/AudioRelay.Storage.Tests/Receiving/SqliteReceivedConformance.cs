using AudioRelay.Storage.Receiving;
using AudioRelay.Storage.Receiving.Sqlite;
using AudioRelay.Storage.Tests.Support;

namespace AudioRelay.Storage.Tests.Receiving;

public sealed class SqliteReceivedConformance : ReceivedStoreConformance
{
    private readonly TempFolder _folder = new();

    protected override Task<IReceivedStores> OpenStoresAsync() =>
        Task.FromResult<IReceivedStores>(SqliteReceivedStores.Open(_folder.Path, TimeProvider.System, new Random(1)));

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
