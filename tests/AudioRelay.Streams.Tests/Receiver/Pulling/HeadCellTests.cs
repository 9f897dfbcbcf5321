using AudioRelay.Streams.Receiver.Pulling;

namespace AudioRelay.Streams.Tests.Receiver.Pulling;

public sealed class HeadCellTests
{
    private readonly HeadCell _cell = new();

    [Fact]
    public void News_that_overtake_each_other_leave_the_further_one()
    {
        _cell.Hear(Head(11, 5, at: 2));
        _cell.Hear(Head(10, 4, at: 3));
        Assert.Equal(11, _cell.Latest?.MaxId);
    }

    [Fact]
    public void An_answer_takes_the_place_of_what_was_heard_before_it_was_asked_for()
    {
        _cell.Hear(Head(40, 20, at: 1));
        _cell.Ask(2);
        Assert.True(_cell.Answer(Head(21, 12, at: 2)));
        Assert.Equal((21, 12L), (_cell.Latest?.MaxId, _cell.Latest?.JournalSeq));
    }

    [Theory]
    [InlineData(5L)]
    [InlineData(null)]
    public void What_was_heard_since_it_was_asked_stays_when_the_answer_is_older(long? seq)
    {
        _cell.Hear(Head(10, seq, at: 1));
        _cell.Ask(2);
        _cell.Hear(Head(11, seq, at: 3));
        Assert.False(_cell.Answer(Head(10, seq, at: 2)));
        Assert.Equal(11, _cell.Latest?.MaxId);
    }

    [Theory]
    [InlineData(6L)]
    [InlineData(null)]
    public void A_source_that_has_purged_everything_reaches_as_far_as_it_did(long? seq)
    {
        _cell.Hear(Head(10, seq, at: 1));
        _cell.Ask(2);
        Assert.False(_cell.Answer(Head(0, seq, at: 2)));
        Assert.Equal(10, _cell.Latest?.MaxId);
    }

    [Fact]
    public void What_a_store_that_went_back_commits_while_it_is_asked_is_not_lost_behind_what_it_had()
    {
        _cell.Hear(Head(40, 20, at: 1));
        _cell.Ask(2);
        _cell.Hear(Head(22, 12, at: 3));
        Assert.True(_cell.Answer(Head(21, 12, at: 2)));
        Assert.Equal(22, _cell.Latest?.MaxId);
    }

    [Fact]
    public void News_from_before_the_question_that_arrive_behind_it_do_not_outlive_the_answer()
    {
        _cell.Ask(2);
        _cell.Hear(Head(40, 20, at: 1));
        Assert.True(_cell.Answer(Head(21, 12, at: 2)));
        Assert.Equal(21, _cell.Latest?.MaxId);
    }

    [Theory]
    [InlineData(0L, null, 40L, null, false)] // everything is purged
    [InlineData(21L, null, 40L, null, true)]
    [InlineData(21L, 30L, 40L, 20L, false)] // the newest went by retention, and an older one was kept
    [InlineData(40L, 19L, 40L, 20L, true)]
    [InlineData(40L, 20L, 40L, 20L, false)]
    public void A_store_has_gone_back_when_its_journal_has_and_without_one_when_its_newest_segment_has(
        long maxId,
        long? seq,
        long maxBefore,
        long? seqBefore,
        bool isBack
    ) => Assert.Equal(isBack, Head(maxId, seq, at: 2).IsBackFrom(Head(maxBefore, seqBefore, at: 1)));

    [Fact]
    public void Another_store_has_not_gone_back() => Assert.False(new SourceHead("other", 1, 1, 2).IsBackFrom(Head(40, 20, at: 1)));

    private static SourceHead Head(long maxId, long? seq, long at) => new("store", maxId, seq, at);
}
