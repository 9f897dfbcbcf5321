using AudioRelay.Streams.Receiver.Status;

namespace AudioRelay.Streams.Tests.Receiver;

/// <summary>Shows keep their names here, whatever their recorders are called and however many have one of that name.</summary>
public sealed class LocalNameTests
{
    [Fact]
    public async Task Two_recorders_may_have_shows_of_one_name_and_each_keeps_its_own_over_a_restart()
    {
        var stores = new MemoryStores();
        await using (var rig = new ReceiverRig { Stores = stores })
        {
            rig.Add("attic").Add("News", "db_attic").Record(3);
            await rig.Start();
            await rig.UntilRead("News", 3);
        }

        for (var start = 0; start < 2; start++)
        {
            await using var rig = new ReceiverRig { Stores = stores };
            rig.Add("cellar").Add("news", "db_cellar").Record(5 + start);
            rig.Add("attic").Add("News", "db_attic").Record(3 + start);
            await rig.Start();
            await rig.UntilRead("cellar.news", 5 + start);
            await rig.UntilRead("News", 3 + start);
            Assert.Equal(["News", "cellar.news"], rig.Service.Shows.Select(s => s.Name));
        }

        Assert.Equal("db_cellar", stores["cellar.news"].At.SourceStore);
    }

    [Fact]
    public async Task A_recorder_that_is_called_otherwise_in_the_configuration_goes_on_with_what_is_kept()
    {
        var stores = new MemoryStores();
        await using (var rig = new ReceiverRig { Stores = stores })
        {
            rig.Add("attic").Add("news").Record(3);
            await rig.Start();
            await rig.UntilRead("news", 3);
        }

        await using var after = new ReceiverRig { Stores = stores };
        after.Add("loft").Add("news").Record(4);
        await after.Start();
        await after.UntilRead("news", 4);
        Assert.Equal(["news"], stores.Names);
        Assert.Equal("loft", after.Service.Board.Find("news")?.Remote);
        Assert.Equal("loft", stores["news"].Source.Remote);
    }

    [Fact]
    public async Task A_recorder_that_was_renamed_once_is_known_by_its_new_name_while_it_is_away_and_when_it_comes_back_replaced()
    {
        var stores = new MemoryStores();
        await using (var before = new ReceiverRig { Stores = stores })
        {
            before.Add("attic").Add("news").Record(3);
            await before.Start();
            await before.UntilRead("news", 3);
        }

        await using (var renamed = new ReceiverRig { Stores = stores })
        {
            renamed.Add("loft").Add("news").Record(4);
            await renamed.Start();
            await renamed.UntilRead("news", 4);
        }

        await using var away = new ReceiverRig { Stores = stores };
        var loft = away.Add("loft");
        loft.GoAway();
        await away.Start([new("news", TimeSpan.FromDays(1))]);
        var status = await away.Until("news", ShowSyncState.RecorderAway);
        Assert.Equal("loft", status.Remote);
        await away.PassTimeUntil(() => stores["news"].Retained.Count > 0); // it is wanted as before
        Assert.Equal(["news"], away.Service.Board.Now.Shows.Select(s => s.Show));

        loft.Add("news", "db_new").Record(2);
        loft.ComeBack();
        away.Service.SyncNow();
        await away.Until("news", ShowSyncState.SourceReplaced);
        Assert.Equal(["news"], stores.Names);
    }

    [Fact]
    public async Task Two_recorders_that_were_exchanged_are_told_from_stores_that_were_replaced()
    {
        var stores = new MemoryStores();
        await using (var before = new ReceiverRig { Stores = stores })
        {
            before.Add("attic").Add("news", "db_attic").Record(3);
            before.Add("cellar").Add("news", "db_cellar").Record(4);
            await before.Start();
            await before.PassTimeUntil(() =>
                before.Service.Board.Now.Shows.Count(s => s is { State: ShowSyncState.UpToDate, ReadId: > 2 }) == 2
            );
        }

        await using var rig = new ReceiverRig { Stores = stores };
        rig.Add("attic").Add("news", "db_cellar").Record(4);
        rig.Add("cellar").Add("news", "db_attic").Record(3);
        await rig.Start();
        await rig.PassTimeUntil(() => rig.Service.Board.Now.Shows.Count(s => s.State == ShowSyncState.SourceReplaced) == 2);
        Assert.All(
            rig.Service.Board.Now.Shows,
            show =>
                Assert.Contains("If the two were exchanged in the configuration, exchange them back", show.Detail, StringComparison.Ordinal)
        );

        // One station's sound would stand behind the other's.
        await rig.Stop();
        foreach (var show in stores.Names)
        {
            var answer = await rig.ReplaceSource(show);
            Assert.False(answer.Done);
            Assert.Contains("exchange them back", answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_recorder_that_is_entered_twice_is_not_taken_for_one_that_was_renamed()
    {
        var stores = new MemoryStores();
        await using var rig = new ReceiverRig { Stores = stores };
        rig.Add("attic").Add("news").Record(3);
        rig.Add("loft").Add("news").Record(3);
        await rig.Start();
        await rig.PassTimeUntil(() => rig.Service.Board.Now.Shows.Count(s => s is { State: ShowSyncState.UpToDate, ReadId: 3 }) == 2);
        Assert.Equal(2, stores.Names.Count);
        Assert.Equal(["attic", "loft"], stores.Names.Select(name => stores[name].Source.Remote).Order());
    }
}
