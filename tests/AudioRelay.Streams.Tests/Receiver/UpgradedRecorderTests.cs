using AudioRelay.Actors;
using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Receiving.Sqlite;
using AudioRelay.Streams.Receiver;
using AudioRelay.Streams.Sync.Feed;
using AudioRelay.TestKit.Time;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.Streams.Tests.Receiver;

/// <summary>A recorder of the predecessor's protocol that becomes one of ours with the same files, while a receiver is in the middle of them.</summary>
public sealed class UpgradedRecorderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)] // up to its last segment
    [InlineData(true)] // with more to pull, of the section that is open here and of others
    public async Task What_was_pulled_before_and_after_stands_once_and_as_recorded(bool isBehind)
    {
        using var folder = new TemporaryFolder();
        var recorder = new MemoryRecorder { IsOurs = false };
        var news = recorder.Add("news");
        news.Record(3);
        news.NewSection();
        news.Record(15);
        news.NewSection();
        news.Record(2);
        await using var stores = SqliteReceivedStores.Open(folder.Path, TimeProvider.System, new Random(7));
        await using var system = new ActorSystem(TimeProvider.System, new Random(7));
        var parts = new ReceiverParts(stores, new CommitFeed(), TimeProvider.System, () => new Random(7), _ => recorder.Connect())
        {
            ChunkSize = 4,
        };
        var remote = new RemotePlan("remote", new Uri("http://remote/"), null, null);
        var service = await ReceiverService.StartAsync(system, parts, [remote], Token);
        Assert.True((await service.SyncOnceAsync(Token).Guarded("the pass")).Complete);
        var reader = Assert.Single(service.Shows).Store.Reader;
        var before = await reader.SectionsAsync(new SectionQuery(), Token);
        Assert.Equal([(true, 3L), (true, 15L), (false, 2L)], before.Select(s => (s.Ended, s.Segments)));

        if (isBehind)
        {
            recorder.GoAway();
            news.Record(9);
            news.NewSection();
            news.Record(6);
            recorder.ComeBack();
        }

        recorder.IsOurs = true;
        Assert.True((await service.SyncOnceAsync(Token).Guarded("the pass after the upgrade")).Complete);
        news.Record(2);
        news.NewSection();
        news.Record(1);
        Assert.True((await service.SyncOnceAsync(Token).Guarded("a pass later")).Complete);

        var kept = await reader.ReadSegmentsAsync(1, long.MaxValue, 1000, long.MaxValue, Token);
        Assert.Equal(news.Segments.Select(s => Convert.ToHexString(s.Sha256.Span)), kept.Select(s => Convert.ToHexString(s.Info.Sha256!)));
        var recorded = news
            .Segments.GroupBy(s => s.SectionId)
            .Select(g => (g.Key, (long)g.Count(), g.Sum(s => s.DurationSamples)))
            .ToList();
        var after = await reader.SectionsAsync(new SectionQuery(), Token);
        Assert.Equal(recorded, after.Select(s => (s.Id, s.Segments, s.Samples)));
        Assert.All(after.SkipLast(1), section => Assert.Equal((true, EndCause.Disconnected), (section.Ended, section.End)));
        Assert.False(after[^1].Ended);
        var journal = (await reader.JournalAsync(0, 1000, Token)).Select(e => e.Body).ToList();
        Assert.Equal(recorded.Select(s => s.Key), journal.OfType<SectionOpened>().Select(o => o.Section));
        Assert.Equal(recorded.SkipLast(1).Select(s => s.Key), journal.OfType<SectionClosed>().Select(o => o.Section));
        Assert.Equal(recorded.Select(s => s.Key), journal.OfType<AnchorSet>().Select(a => a.Section));
        Assert.True((await service.StopAsync()).Complete);
    }
}
