using AudioRelay.Actors;
using AudioRelay.Storage.Receiving.Sqlite;
using AudioRelay.Streams.Receiver;
using AudioRelay.Streams.Sync.Feed;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Streams.Tests.Receiver;

/// <summary>A receiver in real time that keeps the shows of one recorder in real files.</summary>
internal sealed class FileReceiver : IAsyncDisposable
{
    public static readonly RemotePlan Remote = new("remote", new Uri("http://remote/"), null, null);
    private readonly SqliteReceivedStores _stores;
    private readonly ActorSystem _system = new(TimeProvider.System, new Random(7));

    private FileReceiver(string folder) => _stores = Stores(folder);

    public ReceiverService Service { get; private set; } = null!;

    /// <summary>The stores of a folder, without anybody who fills them.</summary>
    public static SqliteReceivedStores Stores(string folder) => SqliteReceivedStores.Open(folder, TimeProvider.System, new Random(7));

    /// <param name="folder">Where the shows are kept.</param>
    /// <param name="recorder">Where they come from.</param>
    /// <param name="chunk">Most segments in one pull; null for as many as usual.</param>
    public static async Task<FileReceiver> Start(string folder, MemoryRecorder recorder, int? chunk = null)
    {
        var receiver = new FileReceiver(folder);
        var parts = new ReceiverParts(
            receiver._stores,
            new CommitFeed(),
            TimeProvider.System,
            () => new Random(7),
            _ => recorder.Connect()
        );
        parts = parts with { ChunkSize = chunk ?? parts.ChunkSize };
        receiver.Service = await ReceiverService.StartAsync(receiver._system, parts, [Remote], ReceiverRig.Token);
        return receiver;
    }

    /// <summary>One pass over everything.</summary>
    public Task<SyncPassResult> Pass() => Service.SyncOnceAsync(ReceiverRig.Token).Guarded("the pass");

    public async ValueTask DisposeAsync()
    {
        await _system.DisposeAsync();
        await _stores.DisposeAsync();
    }
}
