using AudioRelay.Http.Tests.Support;
using AudioRelay.Storage.Journal;

namespace AudioRelay.Http.Tests.SyncApi;

/// <summary>Two sections an hour apart, ten segments of two seconds each (ids 1 to 10 and 11 to 20), and a server of them; for tests that only read.</summary>
public sealed class SyncedShow : IAsyncLifetime
{
    public const long First = 1_700_000_000_000;
    public const long Second = First + 3_600_000;

    public ShowFile File { get; } = new(name: "news");

    public ShowFile Empty { get; } = new(name: "empty");

    public SyncServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        File.Journal(First, new WindowOpened(First * 1000));
        File.Open(First).Add(10, 96_000).Close().Open(Second).Add(10, 96_000);
        Server = await SyncServer.Start(File, Empty);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        File.Dispose();
        Empty.Dispose();
    }
}
