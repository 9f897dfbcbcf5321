using AudioRelay.Actors;
using AudioRelay.Storage;
using AudioRelay.Storage.Receiving.Sqlite;
using AudioRelay.Streams.Receiver;
using AudioRelay.Streams.Receiver.Status;
using AudioRelay.Streams.Sync.Feed;
using AudioRelay.TestKit.Time;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.Streams.Tests.Receiver;

/// <summary>A recorder whose file was put back from a backup: the same store, which gives ids a second time. Kept in real files.</summary>
public sealed class RestoredBackupTests : IDisposable
{
    private static readonly RemotePlan Plan = new("remote", new Uri("http://remote/"), null, null);
    private readonly TemporaryFolder _folder = new();

    private MemoryRecorder _recorder = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_goes_on_after_replace_source_and_what_is_kept_stays(bool isOurs)
    {
        _recorder = new MemoryRecorder { IsOurs = isOurs };
        var news = _recorder.Add("news");
        news.Record(3);
        news.NewSection();
        news.Record(2);
        Assert.Equal(ShowSyncState.UpToDate, (await Pass()).State);
        news.Replace(news.UniqueId); // ids begin anew
        news.Record(2);
        Assert.Equal(ShowSyncState.SourceReplaced, (await Pass()).State);

        await using (var stores = Stores())
        {
            var answer = await new ReplaceSource(stores, [Plan], _ => _recorder.Connect()).RunAsync("news", Token);
            Assert.True(answer.Done, answer.Text);
        }

        var status = await Pass();
        Assert.True(status.State == ShowSyncState.UpToDate, status.ToString());
        await using var after = Stores();
        await using var store = await after.OpenAsync("news", Token);
        Assert.Equal(7, (await store.Reader.SegmentsAsync(new SegmentQuery(), Token)).Count);
    }

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private SqliteReceivedStores Stores() => SqliteReceivedStores.Open(_folder.Path, TimeProvider.System, new Random(7));

    private async Task<ShowSyncStatus> Pass()
    {
        await using var stores = Stores();
        await using var system = new ActorSystem(TimeProvider.System, new Random(7));
        var parts = new ReceiverParts(stores, new CommitFeed(), TimeProvider.System, () => new Random(7), _ => _recorder.Connect());
        var service = await ReceiverService.StartAsync(system, parts, [Plan], Token);
        var pass = await service.SyncOnceAsync(Token).Guarded("the pass");
        await service.StopAsync();
        return Assert.Single(pass.Report.Shows);
    }
}
