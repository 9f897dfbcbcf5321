using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
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
        await using var receiver = await FileReceiver.Start(folder.Path, recorder, chunk: 4);
        Assert.True((await receiver.Pass()).Complete);
        var reader = Assert.Single(receiver.Service.Shows).Store.Reader;
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
        Assert.True((await receiver.Pass()).Complete, "the pass after the upgrade");
        news.Record(2);
        news.NewSection();
        news.Record(1);
        Assert.True((await receiver.Pass()).Complete, "a pass later");

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
        Assert.True((await receiver.Service.StopAsync()).Complete);
    }
}
