using AudioRelay.Actors;
using AudioRelay.Storage.Receiving.Sqlite;
using AudioRelay.Streams.Receiver;
using AudioRelay.Streams.Sync.Feed;
using AudioRelay.TestKit.Time;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.Streams.Tests.Receiver;

public sealed class DamagedStoreTests
{
    [Fact]
    public async Task A_show_whose_file_cannot_be_read_says_so_keeps_its_name_and_disturbs_no_other()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "shows"));
        var damaged = Path.Combine(folder.Path, "shows", "news.sqlite");
        await File.WriteAllTextAsync(damaged, "This is no database, and somebody may still want to look at it.", ReceiverRig.Token);
        var recorder = new MemoryRecorder();
        recorder.Add("news").Record(3);
        recorder.Add("other").Record(3);

        await using var stores = SqliteReceivedStores.Open(folder.Path, TimeProvider.System, new Random(7));
        await using var system = new ActorSystem(TimeProvider.System, new Random(7));
        var parts = new ReceiverParts(stores, new CommitFeed(), TimeProvider.System, () => new Random(7), _ => recorder.Connect());
        var plan = new RemotePlan("remote", new Uri("http://remote/"), null, null);
        var service = await ReceiverService.StartAsync(system, parts, [plan], ReceiverRig.Token);
        var pass = await service.SyncOnceAsync(ReceiverRig.Token).Guarded("the pass");

        Assert.False(pass.Complete, string.Join("; ", pass.Report.Shows));
        Assert.Equal(
            ["news StoreFault", "other UpToDate"],
            pass.Report.Shows.Select(s => $"{s.Show} {s.State}").Order(StringComparer.Ordinal)
        );
        Assert.Equal(["other"], service.Shows.Select(s => s.Name));
        Assert.True((await service.StopAsync()).Complete);
        Assert.StartsWith("This is no database", await File.ReadAllTextAsync(damaged, ReceiverRig.Token), StringComparison.Ordinal);
    }
}
