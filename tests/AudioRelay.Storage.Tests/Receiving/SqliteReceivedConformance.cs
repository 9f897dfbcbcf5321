using AudioRelay.Storage.Receiving;
using AudioRelay.Storage.Receiving.Sqlite;
using AudioRelay.Storage.Tests.Support;

namespace AudioRelay.Storage.Tests.Receiving;

public sealed class SqliteReceivedConformance : ReceivedStoreConformance
{
    private readonly TempFolder _folder = new();

    protected override Task<IReceivedStores> OpenStoresAsync() =>
        Task.FromResult<IReceivedStores>(SqliteReceivedStores.Open(_folder.Path, TimeProvider.System, new Random(1)));

    protected override Task HoldAsync(string show, long fromUs, long untilUs)
    {
        var path = Path.Combine(_folder.Path, "shows", show + ".sqlite");
        Sql.Execute(path, $"insert into holds (from_us, until_us, reason) values ({fromUs}, {untilUs}, 'a test')");
        return Task.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}
