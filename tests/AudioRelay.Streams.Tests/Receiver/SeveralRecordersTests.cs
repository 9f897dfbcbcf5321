using AudioRelay.Streams.Receiver;
using AudioRelay.Streams.Receiver.Status;

namespace AudioRelay.Streams.Tests.Receiver;

/// <summary>A receiver of several recorders whose configuration names the shows that it wants of whoever has them.</summary>
public sealed class SeveralRecordersTests
{
    [Fact]
    public async Task A_show_that_one_of_two_recorders_has_is_complete_and_stands_once_on_the_board()
    {
        await using var rig = new ReceiverRig();
        rig.Add("attic");
        rig.Add("cellar").Add("news").Record(3);
        await rig.Start([new WantedShow("news", null)]);
        var pass = await rig.Service.SyncOnceAsync(ReceiverRig.Token);
        await rig.Settle();

        Assert.True(pass.Complete, string.Join("; ", pass.Report.Shows));
        var only = Assert.Single(rig.Service.Board.Now.Shows);
        Assert.Equal(("news", "cellar", ShowSyncState.UpToDate, 3L), (only.Show, only.Remote, only.State, only.ReadId));
    }

    [Fact]
    public async Task A_show_that_one_of_two_recorders_has_stands_once_on_the_board_of_a_restarted_receiver()
    {
        var stores = new MemoryStores();
        MemoryRecorder cellar;
        await using (var before = new ReceiverRig { Stores = stores })
        {
            cellar = before.Add("cellar");
            cellar.Add("news").Record(3);
            await before.Start([new WantedShow("news", null)]);
            Assert.True((await before.Service.SyncOnceAsync(ReceiverRig.Token)).Complete);
        }

        await using var after = new ReceiverRig { Stores = stores };
        after.Add("attic");
        after.Add("cellar", cellar);
        await after.Start([new WantedShow("news", null)]);
        Assert.True((await after.Service.SyncOnceAsync(ReceiverRig.Token)).Complete);
        await after.Settle();
        Assert.Equal(["news"], after.Service.Board.Now.Shows.Select(show => show.Show));
    }

    [Fact]
    public async Task A_show_that_no_recorder_has_is_not_complete()
    {
        await using var rig = new ReceiverRig();
        rig.Add("attic").Add("music").Record(3);
        rig.Add("cellar").Add("news").Record(3);
        await rig.Start([new WantedShow("news", null), new WantedShow("nwes", null)]);
        Assert.False((await rig.Service.SyncOnceAsync(ReceiverRig.Token)).Complete);
        Assert.Equal(ShowSyncState.NotOffered, rig.Service.Board.Find("nwes")!.State);
    }

    [Fact]
    public async Task Two_shows_of_one_name_both_stand_on_the_board_from_the_beginning()
    {
        await using var rig = new ReceiverRig();
        rig.Add("attic").Add("news", "db_1").Record(2);
        rig.Add("cellar").Add("news", "db_2").Record(3);
        await rig.Start();
        Assert.True((await rig.Service.SyncOnceAsync(ReceiverRig.Token)).Complete);
        var shows = rig.Service.Board.Now.Shows;
        Assert.Equal(2, shows.Count);
        Assert.Contains(shows, s => s.Show == "news");
        Assert.All(shows, s => Assert.Equal(ShowSyncState.UpToDate, s.State));
    }
}
