using AudioRelay.Streams.Sync.Client;

namespace AudioRelay.Streams.Tests.Receiver;

/// <summary>What a recorder says of its shows: lost once, or more than a receiver takes.</summary>
public sealed class RecorderListTests
{
    [Fact]
    public async Task A_list_that_is_lost_once_leaves_a_stream_that_goes_on_as_it_was()
    {
        await using var rig = new ReceiverRig();
        var news = rig.Add().Add("news");
        news.Record(3);
        await rig.Start();
        await rig.UntilRead("news", 3);
        await rig.UntilRemote(r => r is { Online: true, Pushes: true });
        var isLost = false;
        rig.Recorder.OnRequest = (what, _, _) =>
        {
            if (what == "shows" && !isLost)
            {
                isLost = true;
                throw new RecorderException(RecorderFault.Unreachable, "It took too long.");
            }

            return Task.CompletedTask;
        };
        rig.Service.SyncNow();
        await rig.PassTimeUntil(() => isLost && rig.Service.Board.Now.Remotes is [{ Online: true }]);
        Assert.True(rig.Service.Board.Now.Remotes[0].Pushes);

        await rig.PassTime(TimeSpan.FromMinutes(1));
        var asked = Asked(rig);
        await rig.PassTime(TimeSpan.FromMinutes(10));
        Assert.Equal(asked, Asked(rig)); // the list is enough while there is no news
    }

    private static int Asked(ReceiverRig rig) => rig.Recorder.Requests.Count(r => r == "metadata news");
}
