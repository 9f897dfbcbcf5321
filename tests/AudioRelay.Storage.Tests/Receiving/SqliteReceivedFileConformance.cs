using AudioRelay.Storage.Receiving.Sqlite;
using AudioRelay.Storage.Sqlite;
using AudioRelay.Storage.Tests.Conformance;
using AudioRelay.Storage.Tests.Support;

namespace AudioRelay.Storage.Tests.Receiving;

public sealed class SqliteReceivedFileConformance : ShowReaderConformance, IDisposable
{
    private readonly TempFolder _folder = new();

    protected override bool IsRecipient => true;

    protected override async Task<IShowReader> OpenAsync(ShowScript script)
    {
        await using (var stores = SqliteReceivedStores.Open(_folder.Path, TimeProvider.System, new Random(1)))
        {
            await using var store = await stores.OpenOrCreateAsync(new SourceRecording().Show);
            await ReceivedScript.FeedAsync(store, script);
        }

        return SqliteShowReader.Open(Path.Combine(_folder.Path, "shows", "show.sqlite"));
    }

    public void Dispose() => _folder.Dispose();
}
