using AudioRelay.Storage.Postgres;
using AudioRelay.Storage.Tests.Conformance;
using AudioRelay.Storage.Tests.Receiving;
using AudioRelay.TestKit.Postgres;

namespace AudioRelay.Storage.Tests.Postgres;

public sealed class PostgresReaderConformance(SharedPostgres shared) : ShowReaderConformance, IAsyncDisposable
{
    private PostgresReceivedStores? _stores;

    protected override bool IsRecipient => true;

    protected override async Task<IShowReader> OpenAsync(ShowScript script)
    {
        _stores = await PostgresTestStores.OpenAsync(shared);
        var store = await _stores.OpenOrCreateAsync(new SourceRecording().Show);
        await ReceivedScript.FeedAsync(store, script);
        return store.Reader;
    }

    public async ValueTask DisposeAsync()
    {
        if (_stores is { } stores)
        {
            await stores.DisposeAsync();
        }
    }
}
