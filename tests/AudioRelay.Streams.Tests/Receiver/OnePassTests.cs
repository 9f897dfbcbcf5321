using AudioRelay.Streams.Receiver.Status;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Streams.Tests.Receiver;

/// <summary>One pass over everything, as <c>receiver --sync-only</c> makes it.</summary>
public sealed class OnePassTests
{
    [Fact]
    public async Task One_pass_pulls_everything_that_was_there_and_says_whether_all_got_there()
    {
        await using var rig = new ReceiverRig();
        var recorder = rig.Add();
        recorder.Add("a").Record(30);
        recorder.Add("b").Record(7);
        await rig.Start();
        var pass = await rig.Service.SyncOnceAsync(ReceiverRig.Token).Guarded("the pass");
        Assert.True(pass.Complete);
        Assert.Equal(["a: 30", "b: 7"], pass.Report.Shows.Select(s => $"{s.Show}: {s.ReadId}"));
    }

    [Fact]
    public async Task One_pass_says_how_it_was_when_it_was_over_though_the_recorder_goes_on()
    {
        await using var rig = new ReceiverRig();
        var recorder = rig.Add();
        var news = recorder.Add("news");
        news.Record(5);
        var more = new TaskCompletionSource();
        // How far it reaches is asked when the pass has begun to wait, or the sixth would be the pass's business too.
        recorder.OnRequest = (what, _, _) =>
            what == "metadata" ? rig.Says("/receiver/remotes/remote/shows/news", "a pass waits for it") : Task.CompletedTask;
        rig.Stores.OnCall = async (call, _) =>
        {
            if (call == "commit" && news.MaxId == 5)
            {
                news.Record();
                await rig.Says("/receiver/remotes/remote/shows/news", "of 6"); // it has heard of the sixth
                rig.Time.Advance(TimeSpan.FromSeconds(1)); // the turn is over with this commit
                recorder.OnRequest = (what, _, token) => what == "segments" ? more.Task.WaitAsync(token) : Task.CompletedTask;
            }
        };
        await rig.Start();
        var pass = await rig.Service.SyncOnceAsync(ReceiverRig.Token).Guarded("the pass");
        Assert.True(pass.Complete);
        var show = Assert.Single(pass.Report.Shows);
        Assert.Equal((ShowSyncState.UpToDate, 5L, 5L), (show.State, show.ReadId, show.SourceMaxId));
        Assert.Empty(pass.Missing);
        Assert.NotEqual(ShowSyncState.UpToDate, rig.Service.Board.Find("news")!.State);
        more.SetResult();
        await rig.UntilRead("news", 6);
    }

    [Theory]
    [InlineData("away")]
    [InlineData("missing")]
    [InlineData("replaced")]
    public async Task One_pass_in_which_a_show_does_not_get_there_says_so(string what)
    {
        await using var rig = new ReceiverRig();
        var recorder = rig.Add();
        recorder.Add("a").Record(3);
        if (what == "replaced")
        {
            await rig.Start();
            await rig.UntilRead("a", 3);
            await rig.Stop();
            recorder.Add("a", "db_other").Record(9);
        }
        else if (what == "away")
        {
            recorder.GoAway();
        }

        await rig.Start(what == "missing" ? [new("a", null), new("missing", null)] : null);
        var pass = await rig.Service.SyncOnceAsync(ReceiverRig.Token).Guarded("the pass");
        Assert.False(pass.Complete);
        Assert.Equal(what == "away", pass.Report.Remotes.Any(remote => !remote.Online));
        Assert.Equal(
            what switch
            {
                "away" => [],
                "missing" => ["missing"],
                _ => ["a"],
            },
            pass.Missing
        );
    }

    [Fact]
    public async Task One_pass_leaves_a_show_to_another_live_receiver_and_is_complete()
    {
        await using var rig = new ReceiverRig();
        var news = rig.Add().Add("news");
        news.Record(3);
        rig.Stores.OnCall = (call, name) =>
        {
            if (call == "commit")
            {
                rig.Stores[name].At = rig.Stores[name].At with { Epoch = 100 };
            }

            return Task.CompletedTask;
        };
        await rig.Start();
        var pass = await rig.Service.SyncOnceAsync(ReceiverRig.Token).Guarded("the pass");
        Assert.True(pass.Complete);
        Assert.Equal(ShowSyncState.Fenced, Assert.Single(pass.Report.Shows).State);
    }
}
