using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Streams.Receiver.Pulling;

namespace AudioRelay.Streams.Tests.Receiver.Pulling;

public sealed class ResumePointTests
{
    [Theory]
    [InlineData("W A T s B", 1, 0L)] // the window that the section lies in comes with it
    [InlineData("W A s w W B", 2, 4L)] // the newest window does
    [InlineData("W A s B", 2, 2L)] // an older section in the same window stays behind, what came after its opening does not
    [InlineData("A s B", 2, 2L)] // without a window: right before it
    [InlineData("W A s w", 2, null)] // it is not there
    public void The_journal_is_taken_up_at_the_window_of_the_first_wanted_section(string entries, long section, long? expected)
    {
        var point = new ResumePoint(section);
        var seq = 0;
        foreach (var body in entries.Split(' ').Select(Body))
        {
            point.Take(new JournalEntry(++seq, seq, body));
        }

        Assert.Equal(expected, point.Seq);
    }

    private static JournalBody Body(string name) =>
        name switch
        {
            "W" => new WindowOpened(0),
            "w" => new WindowClosed(0),
            "A" => new SectionOpened(1, "opus", 48_000, 1, 0, 960),
            "B" => new SectionOpened(2, "opus", 48_000, 1, 0, 960),
            "s" => new SectionClosed(1, EndCause.Disconnected, 0, 0, 0),
            _ => new Trouble(GapCause.Silent, 0),
        };
}
