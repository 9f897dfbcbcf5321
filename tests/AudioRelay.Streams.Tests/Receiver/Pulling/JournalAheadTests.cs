using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Streams.Receiver.Pulling;

namespace AudioRelay.Streams.Tests.Receiver.Pulling;

public sealed class JournalAheadTests
{
    [Fact]
    public void Entries_go_with_the_segments_of_their_sections()
    {
        var ahead = new JournalAhead(10);
        ahead.Add([Opened(11, 100), Title(12, 100), Closed(13, 100), Opened(15, 200), Title(16, 200)], 16);

        var (first, seq) = ahead.Take(100);
        Assert.Equal([11, 12, 13], first.Select(e => e.Seq));
        Assert.Equal(13, seq);
        var (none, same) = ahead.Take(100);
        Assert.Empty(none);
        Assert.Equal(13, same);
        var (rest, end) = ahead.Take(200);
        Assert.Equal([15, 16], rest.Select(e => e.Seq));
        Assert.Equal(16, end);
    }

    [Fact]
    public void At_the_end_everything_goes_and_entries_of_unknown_kinds_are_done_with_too()
    {
        var ahead = new JournalAhead(10);
        ahead.Add([Opened(11, 100), Opened(12, 200)], 19);
        var (all, seq) = ahead.Take(null);
        Assert.Equal(2, all.Count);
        Assert.Equal(19, seq);
        Assert.Equal(19, ahead.Take(null).Seq);
    }

    [Theory]
    [InlineData(100L, 50, true)] // the next section is fetched
    [InlineData(200L, 50, false)] // entries of section 200 may be missing
    [InlineData(200L, 13, true)] // the source has no more
    [InlineData(null, 50, false)]
    [InlineData(null, 13, true)]
    public void Enough_is_fetched_when_the_next_section_is_or_the_source_has_no_more(long? section, long goal, bool expected)
    {
        var ahead = new JournalAhead(10);
        ahead.Add([Opened(11, 100), Title(12, 100), Opened(13, 200)], 13);
        Assert.Equal(expected, ahead.Covers(section, goal));
    }

    private static JournalEntry Opened(long seq, long section) => new(seq, seq, new SectionOpened(section, "opus", 48_000, 1, 0, 960));

    private static JournalEntry Title(long seq, long section) => new(seq, seq, new TitleSet(section, 0, "t"));

    private static JournalEntry Closed(long seq, long section) => new(seq, seq, new SectionClosed(section, EndCause.WindowEnd, 0, 0, seq));
}
