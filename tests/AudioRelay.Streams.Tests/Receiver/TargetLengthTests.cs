using AudioRelay.Streams.Receiver.Status;

namespace AudioRelay.Streams.Tests.Receiver;

/// <summary>The length that a recorder's segments aim at is known here as long as they come, so that lists of them promise that.</summary>
public sealed class TargetLengthTests
{
    [Fact]
    public async Task It_is_kept_with_the_show_and_again_after_the_recorder_was_started_with_another()
    {
        await using var rig = new ReceiverRig();
        var news = rig.Add().Add("news");
        news.TargetSeconds = 2;
        news.Record(3);
        var learned = 0;
        var keptAtCommit = new List<int?>();
        rig.Stores.OnCall = (call, name) =>
        {
            learned += call == "target" ? 1 : 0;
            if (call == "commit")
            {
                keptAtCommit.Add(rig.Stores[name].Source.TargetSeconds);
            }

            return Task.CompletedTask;
        };
        await rig.Start();
        await rig.UntilRead("news", 3);
        Assert.Equal(2, rig.Stores["news"].Source.TargetSeconds);
        Assert.Equal(0, learned); // it was created with it

        rig.Recorder.GoAway();
        await rig.PassTimeUntil(() => rig.Service.Board.Find("news")?.State == ShowSyncState.RecorderAway);
        keptAtCommit.Clear();
        news.TargetSeconds = 10;
        news.NewSection();
        news.Record(2);
        rig.Recorder.ComeBack();
        await rig.PassTimeUntil(() => rig.Service.Board.Find("news") is { State: ShowSyncState.UpToDate, ReadId: 5 });
        Assert.Equal(10, rig.Stores["news"].Source.TargetSeconds);
        Assert.Equal(1, learned);
        Assert.All(keptAtCommit, target => Assert.Equal(10, target)); // before the first of the new length
        rig.AssertSame(news);
    }

    [Fact]
    public async Task A_recorder_that_was_away_for_a_moment_is_asked_again()
    {
        await using var rig = new ReceiverRig();
        var news = rig.Add().Add("news");
        news.Record(3);
        await rig.Start();
        await rig.UntilRead("news", 3);
        news.TargetSeconds = 30;
        rig.Recorder.BreakStreams(); // nothing new is there either
        await rig.PassTimeUntil(() => rig.Stores["news"].Source.TargetSeconds == 30);
    }

    [Fact]
    public async Task An_old_recorder_tells_none_and_what_a_newer_one_had_told_is_not_kept_on()
    {
        await using var rig = new ReceiverRig();
        var news = rig.Add(isOurs: false).Add("news");
        news.Record(3);
        await rig.Start();
        await rig.UntilRead("news", 3);
        Assert.Null(rig.Stores["news"].Source.TargetSeconds);
    }
}
