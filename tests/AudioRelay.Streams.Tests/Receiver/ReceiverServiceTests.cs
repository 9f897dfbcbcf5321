using AudioRelay.Storage.Journal;
using AudioRelay.Streams.Receiver.Status;

namespace AudioRelay.Streams.Tests.Receiver;

public sealed class ReceiverServiceTests
{
    [Fact]
    public async Task A_show_is_pulled_whole_and_then_followed()
    {
        await using var rig = new ReceiverRig();
        var news = rig.Add().Add("news");
        news.Record(25);
        news.NewSection();
        news.Record(10);
        await rig.Start();

        await rig.UntilRead("news", 35);
        rig.AssertSame(news);
        news.Record();
        var status = await rig.UntilRead("news", 36);

        rig.AssertSame(news);
        Assert.Equal(TimeSpan.Zero, status.LastDelay); // on a clock that stands still
        Assert.True(status.Verified);
        Assert.Equal(36, rig.Feed.Latest("news")?.MaxId);
        Assert.Equal("local_news", rig.Feed.Latest("news")?.Store);
        Assert.Equal("news", Assert.Single(rig.Service.Shows).Name);
        var told = rig.Stores["news"].Journal.Select(e => e.Body.GetType());
        Assert.Equal([typeof(SectionOpened), typeof(AnchorSet), typeof(SectionClosed), typeof(SectionOpened), typeof(AnchorSet)], told);
    }

    [Fact]
    public async Task What_is_stored_is_there_at_once_when_the_recorder_is_not()
    {
        var stores = new MemoryStores();
        await using (var before = new ReceiverRig { Stores = stores })
        {
            before.Add().Add("news").Record(5);
            await before.Start();
            await before.UntilRead("news", 5);
        }

        await using var rig = new ReceiverRig { Stores = stores };
        rig.Add().GoAway();
        await rig.Start();

        Assert.Equal("news", Assert.Single(rig.Service.Shows).Name);
        Assert.Equal(5, rig.Service.Board.Find("news")?.ReadId);
        Assert.Equal(5, rig.Feed.Latest("news")?.MaxId);
        var status = await rig.Until("news", ShowSyncState.RecorderAway);
        Assert.Equal("No answer from http://recorder.", status.Detail);
        var remote = await rig.UntilRemote(r => r.Detail is not null);
        Assert.Equal(("http://remote/below", false), (remote.Url, remote.Online));
    }
}
