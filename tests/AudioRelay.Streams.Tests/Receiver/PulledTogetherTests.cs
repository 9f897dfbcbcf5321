using AudioRelay.Streams.Receiver.Status;

namespace AudioRelay.Streams.Tests.Receiver;

/// <summary>A store may take into one transaction what comes while it is written: as long as something comes, and not for long.</summary>
public sealed class PulledTogetherTests
{
    [Fact]
    public async Task What_comes_while_a_transaction_is_written_goes_into_it()
    {
        await using var rig = new ReceiverRig { Stores = new MemoryStores { TakesMore = true } };
        var news = rig.Add().Add("news");
        news.Record(30);
        await rig.Start(chunk: 5);
        await rig.UntilRead("news", 30);
        Assert.Equal((6, 1), (Pulls(rig), rig.Stores["news"].Commits));
        rig.AssertSame(news);
    }

    [Fact]
    public async Task A_transaction_ends_after_half_a_second_with_more_still_coming()
    {
        await using var rig = new ReceiverRig { Stores = new MemoryStores { TakesMore = true } };
        var news = rig.Add().Add("news");
        news.Record(100);
        rig.Recorder.OnRequest = (what, _, token) =>
            what == "segments" ? Task.Delay(TimeSpan.FromMilliseconds(50), rig.Time, token) : Task.CompletedTask;
        await rig.Start(chunk: 1);
        await rig.PassTimeUntil(() => rig.Service.Board.Find("news") is { State: ShowSyncState.UpToDate, ReadId: 100 });
        // 5 s of line, transactions of half a second; the test's clock may move a step more before somebody looks at it.
        Assert.InRange(rig.Stores["news"].Commits, 5, 25);
        Assert.Equal(100, Pulls(rig));
        rig.AssertSame(news);
    }

    [Fact]
    public async Task Over_a_slow_line_what_is_here_does_not_wait_for_what_comes()
    {
        await using var rig = new ReceiverRig { Stores = new MemoryStores { TakesMore = true } };
        var news = rig.Add().Add("news");
        news.Record(30);
        rig.Recorder.OnRequest = (what, _, token) =>
            what == "segments" && Pulls(rig) == 2 ? Task.Delay(TimeSpan.FromSeconds(7), rig.Time, token) : Task.CompletedTask;
        await rig.Start(chunk: 5);
        await rig.PassTimeUntil(() => rig.Stores.Names.Count > 0 && rig.Stores["news"].Commits == 1);
        Assert.Equal((5, 2), (rig.Stores["news"].Segments.Count, Pulls(rig)));
        Assert.InRange(rig.Time.Elapsed, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(6));
        await rig.PassTimeUntil(() => rig.Service.Board.Find("news") is { State: ShowSyncState.UpToDate, ReadId: 30 });
        Assert.Equal(6, Pulls(rig)); // what was waited for in vain came, and was not asked for again
        rig.AssertSame(news);
    }

    [Fact]
    public async Task When_what_comes_next_fails_what_is_here_is_kept()
    {
        await using var rig = new ReceiverRig { Stores = new MemoryStores { TakesMore = true } };
        var news = rig.Add().Add("news");
        news.Record(30);
        rig.Recorder.OnRequest = (what, _, _) =>
        {
            if (what == "segments" && Pulls(rig) == 4)
            {
                rig.Recorder.GoAway();
            }

            return Task.CompletedTask;
        };
        await rig.Start(chunk: 5);
        await rig.Until("news", ShowSyncState.RecorderAway);
        Assert.Equal((15, 1), (rig.Stores["news"].Segments.Count, rig.Stores["news"].Commits));
        rig.Recorder.OnRequest = static (_, _, _) => Task.CompletedTask;
        rig.Recorder.ComeBack();
        await rig.PassTimeUntil(() => rig.Service.Board.Find("news") is { State: ShowSyncState.UpToDate, ReadId: 30 });
        rig.AssertSame(news);
    }

    [Fact]
    public async Task What_a_transaction_leaves_out_is_fetched_again_and_told_and_what_came_before_it_is_here()
    {
        await using var rig = new ReceiverRig { Stores = new MemoryStores { TakesMore = true } };
        var news = rig.Add().Add("news");
        news.Record(5);
        await rig.Start(chunk: 5);
        await rig.UntilRead("news", 5);
        rig.Stores["news"].Refused = 18;
        news.Record(25);
        await rig.Until("news", ShowSyncState.BadData);
        Assert.Equal(15, rig.Stores["news"].Segments.Count);
        Assert.True(Pulls(rig) >= 5, "asked for once more, alone");
        rig.Stores["news"].Refused = 0;
        await rig.PassTimeUntil(() => rig.Service.Board.Find("news") is { State: ShowSyncState.UpToDate, ReadId: 30 });
        rig.AssertSame(news);
    }

    private static int Pulls(ReceiverRig rig) => rig.Recorder.Bounds.Count;
}
