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
    }
}
