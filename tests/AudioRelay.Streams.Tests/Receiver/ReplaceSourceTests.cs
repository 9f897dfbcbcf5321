using AudioRelay.Streams.Receiver.Status;

namespace AudioRelay.Streams.Tests.Receiver;

public sealed class ReplaceSourceTests
{
    [Fact]
    public async Task The_new_source_is_taken_up_at_its_first_section_after_the_newest_one_here()
    {
        await using var rig = new ReceiverRig();
        var news = await Kept(rig);
        news.Replace("db_new", startMs: news.EndMs - 100_000); // its clock was behind: a section that overlaps what is kept
        news.Record(3);
        news.NewSection(afterMs: 200_000);
        news.Record(4);
        var answer = await rig.ReplaceSource("news");

        Assert.True(answer.Done, answer.Text);
        Assert.Contains("goes on with db_new at its section of", answer.Text, StringComparison.Ordinal);
        Assert.Contains("segment 4", answer.Text, StringComparison.Ordinal);
        await rig.Start();
        await rig.UntilRead("news", 7);
        Assert.Equal([1, 2, 3, 4, 5, 4, 5, 6, 7], rig.Stores["news"].Segments.Select(s => s.SourceId));
    }

    [Theory]
    [InlineData(-2000, false)] // its clock is behind: it begins inside the newest section here, after that one's begin
    [InlineData(-1, false)]
    [InlineData(0, true)]
    public async Task A_section_that_would_overlap_what_is_kept_is_left_at_the_recorder_and_told(int afterEndMs, bool isTaken)
    {
        await using var rig = new ReceiverRig();
        var news = await Kept(rig);
        news.Replace("db_new", startMs: news.EndMs + afterEndMs);
        news.Record(4);
        if (!isTaken)
        {
            var refused = await rig.ReplaceSource("news");
            Assert.False(refused.Done);
            Assert.Contains("before what is kept here ends, at 2023-11-14 22:13:25Z", refused.Text, StringComparison.Ordinal);
        }

        news.NewSection();
        news.Record(2);
        var answer = await rig.ReplaceSource("news");
        Assert.True(answer.Done, answer.Text);
        Assert.Equal(!isTaken, answer.Text.Contains("What it has from before that is not fetched.", StringComparison.Ordinal));
        await rig.Start();
        await rig.UntilRead("news", 6);
        long[] kept = [1, 2, 3, 4, 5];
        long[] pulled = isTaken ? [1, 2, 3, 4, 5, 6] : [5, 6];
        Assert.Equal([.. kept, .. pulled], rig.Stores["news"].Segments.Select(s => s.SourceId));
    }

    [Fact]
    public async Task A_source_that_is_older_than_what_is_kept_is_refused_with_both_times()
    {
        await using var rig = new ReceiverRig();
        var news = await Kept(rig);
        news.Replace("db_old", startMs: 1_600_000_000_000);
        news.Record(3);
        var answer = await rig.ReplaceSource("news");

        Assert.False(answer.Done);
        Assert.Contains("db_old begins at 2020-09-13 12:26:40Z", answer.Text, StringComparison.Ordinal);
        Assert.Contains("before what is kept here ends, at 2023-11-14 22:13:25Z", answer.Text, StringComparison.Ordinal);
        Assert.Equal("db_news", rig.Stores["news"].At.SourceStore);
    }

    [Fact]
    public async Task A_source_without_sound_is_refused_until_there_is_something_to_compare()
    {
        await using var rig = new ReceiverRig();
        var news = await Kept(rig);
        news.Replace("db_new");
        var answer = await rig.ReplaceSource("news");
        Assert.False(answer.Done);
        Assert.Contains(
            "no sound yet to compare with what is kept here, which ends at 2023-11-14 22:13:25Z",
            answer.Text,
            StringComparison.Ordinal
        );

        news.Record();
        Assert.True((await rig.ReplaceSource("news")).Done);
    }

    [Theory]
    [InlineData("the same", "comes from db_news already")]
    [InlineData("another format", "The recorder's format is aac at 16 kbit/s")]
    [InlineData("another version", "version 5")]
    [InlineData("a recipient", "not recorded there but received")]
    public async Task What_replacing_cannot_mend_is_refused_and_takes_the_show_from_nobody(string what, string says)
    {
        await using var rig = new ReceiverRig();
        var news = await Kept(rig);
        var epoch = rig.Stores["news"].At.Epoch;
        if (what != "the same")
        {
            news.Replace("db_new");
            news.Record();
        }

        news.Format = what == "another format" ? "aac" : news.Format;
        news.Version = what == "another version" ? "5" : "4";
        news.IsRecipient = what == "a recipient";
        var answer = await rig.ReplaceSource("news");

        Assert.False(answer.Done);
        Assert.Contains(says, answer.Text, StringComparison.Ordinal);
        Assert.Equal(epoch, rig.Stores["news"].At.Epoch);
    }

    [Fact]
    public async Task A_show_whose_recorder_is_not_in_the_configuration_is_refused_with_its_name()
    {
        var stores = new MemoryStores();
        await using (var before = new ReceiverRig { Stores = stores })
        {
            await Kept(before);
        }

        await using var rig = new ReceiverRig { Stores = stores };
        rig.Add("attic").Add("news", "db_new").Record(3);
        rig.Add("loft").Add("news", "db_newer").Record(3);
        var answer = await rig.ReplaceSource("news");
        Assert.False(answer.Done);
        Assert.Contains("came from the recorder 'remote', which is not in the configuration", answer.Text, StringComparison.Ordinal);
        Assert.Contains("(attic, loft)", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_only_recorder_of_the_configuration_is_meant_whatever_it_was_called_before()
    {
        var stores = new MemoryStores();
        MemoryShow news;
        await using (var before = new ReceiverRig { Stores = stores })
        {
            news = await Kept(before);
        }

        await using var rig = new ReceiverRig { Stores = stores };
        var show = rig.Add("attic").Add("news", "db_old");
        show.Replace("db_new", startMs: news.EndMs + 1000);
        show.Record(2);
        var answer = await rig.ReplaceSource("news");
        Assert.True(answer.Done, answer.Text);
        Assert.Equal(("attic", "db_new"), (stores["news"].Source.Remote, stores["news"].Source.UniqueId));
        await rig.Start();
        await rig.UntilRead("news", 2);
        Assert.Equal([1, 2, 3, 4, 5, 1, 2], stores["news"].Segments.Select(s => s.SourceId));
    }

    [Fact]
    public async Task A_recorder_that_feeds_another_show_of_that_name_is_not_taken_for_the_one_that_is_gone()
    {
        var stores = new MemoryStores();
        await using (var before = new ReceiverRig { Stores = stores })
        {
            await Kept(before);
        }

        await using (var other = new ReceiverRig { Stores = stores })
        {
            other.Add("attic").Add("news", "db_attic").Record(2);
            await other.Start();
            await other.UntilRead("attic.news", 2);
        }

        await using var rig = new ReceiverRig { Stores = stores };
        rig.Add("attic").Add("news", "db_attic").Record(2);
        var answer = await rig.ReplaceSource("news");
        Assert.False(answer.Done);
        Assert.Contains("which is not in the configuration (attic)", answer.Text, StringComparison.Ordinal);
    }

    private static async Task<MemoryShow> Kept(ReceiverRig rig)
    {
        var news = rig.Add().Add("news");
        news.Record(5);
        await rig.Start();
        await rig.Until("news", s => s is { State: ShowSyncState.UpToDate, ReadId: 5 }, "everything");
        await rig.Stop();
        return news;
    }
}
