using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Receiving;
using AudioRelay.Streams.Receiver.Pulling;

namespace AudioRelay.Streams.Tests.Receiver.Pulling;

public sealed class V1JournalTests
{
    [Theory]
    [InlineData("opus", "48000", 48_000, 960)]
    [InlineData("aac", "16000", 16_000, 1024)]
    [InlineData("wav", "44100", 44_100, 1)]
    [InlineData("opus", "", 48_000, 960)]
    [InlineData("opus", "-1", 48_000, 960)]
    public void Each_section_of_a_pull_is_opened_where_its_first_segment_begins(string format, string rate, int expectedRate, int frame)
    {
        var show = new SourceShow("news", "remote", "news", "db", format, "16", rate);
        var entries = V1Journal.Of(show, [Segment(1, 100, 5000), Segment(2, 100, 6000), Segment(3, 200, 9000)]);

        JournalBody[] expected =
        [
            new SectionOpened(100, format, expectedRate, 1, 0, frame),
            new AnchorSet(100, 0, 5_000_000, AnchorCause.Start),
            new SectionOpened(200, format, expectedRate, 1, 0, frame),
            new AnchorSet(200, 0, 9_000_000, AnchorCause.Start),
        ];
        Assert.Equal(expected, entries.Select(e => e.Body));
        Assert.All(entries, e => Assert.Equal(0, e.Seq));
    }

    [Fact]
    public void Nothing_pulled_tells_nothing() =>
        Assert.Empty(V1Journal.Of(new SourceShow("news", "remote", "news", "db", "opus", "16", "48000"), []));

    private static PulledSegment Segment(long id, long section, long ms) => new(id, section, false, 48_000, ms, new byte[1], default);
}
