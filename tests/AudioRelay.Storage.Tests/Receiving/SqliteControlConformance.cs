using AudioRelay.Storage.Control;
using AudioRelay.Storage.Control.Sqlite;
using AudioRelay.Storage.Tests.Support;

namespace AudioRelay.Storage.Tests.Receiving;

public sealed class SqliteControlConformance : ControlStoreConformance, IDisposable
{
    private readonly TempFolder _folder = new();

    private string Path => _folder.File("control.sqlite");

    [Fact]
    public async Task It_is_a_write_ahead_log_file_and_another_database_is_refused_and_stays_as_it_is()
    {
        await (await OpenAsync()).DisposeAsync();
        Assert.Equal("wal", Sql.Scalar(Path, "pragma journal_mode"));
        Assert.Equal(1L, Sql.Scalar(Path, "select max(version) from audiorelay_control_schema"));

        Sql.Execute(Path, "insert into audiorelay_control_schema (version) values (99)");
        Assert.Equal(StorageFault.NewerSchema, Assert.Throws<StorageException>(() => SqliteControlStore.Open(Path)).Fault);
        var other = _folder.File("other.sqlite");
        Recording.Create(other).Dispose();
        Assert.Equal(StorageFault.NotADatabase, Assert.Throws<StorageException>(() => SqliteControlStore.Open(other)).Fault);
        Assert.Equal(0L, Sql.Scalar(other, "select count(*) from sqlite_master where name = 'bookmarks'"));
    }

    protected override Task<IControlStore> OpenAsync() => Task.FromResult<IControlStore>(SqliteControlStore.Open(Path));

    public void Dispose() => _folder.Dispose();
}
