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

    [Theory]
    [InlineData(true)] // in its list
    [InlineData(false)] // one by one, as it commits
    public async Task A_recorder_that_has_shows_without_end_is_taken_a_bounded_number_from_and_said_to(bool isListed)
    {
        const int most = 1000;
        await using var rig = new ReceiverRig();
        var recorder = rig.Add();
        var news = recorder.Add("news");
        news.Record(3);
        if (isListed)
        {
            Many(recorder, most + 50);
        }

        await rig.Start();
        await rig.UntilRead("news", 3);
        if (!isListed)
        {
            await rig.UntilRemote(r => r.Pushes);
            Many(recorder, most + 50);
        }

        var remote = await rig.UntilRemote(r => r is { Online: true, Detail: not null });
        Assert.Contains("more than 1000 shows", remote.Detail, StringComparison.Ordinal);
        await rig.Settle();
        Assert.Equal($"shows: {most}, all that the recorder has", rig.State("/receiver/remotes/remote/shows"));
        Assert.Equal(most, rig.Stores.Names.Count);
        Assert.Single(
            rig.System.Log("/receiver/remotes/remote/shows")!,
            line => line.ToString().Contains("more than 1000", StringComparison.Ordinal)
        );
        news.Record(2);
        await rig.UntilRead("news", 5);
    }

    private static void Many(MemoryRecorder recorder, int shows)
    {
        for (var i = 0; i < shows; i++)
        {
            recorder.Add($"show {i}").Record();
        }
    }

    private static int Asked(ReceiverRig rig) => rig.Recorder.Requests.Count(r => r == "metadata news");
}
