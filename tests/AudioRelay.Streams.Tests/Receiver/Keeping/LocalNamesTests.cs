using AudioRelay.Streams.Receiver.Keeping;

namespace AudioRelay.Streams.Tests.Receiver.Keeping;

public sealed class LocalNamesTests
{
    [Theory]
    [InlineData("news", "", "news")]
    [InlineData("news", "news", "attic.news")]
    [InlineData("NEWS", "news", "attic.NEWS")]
    [InlineData("news", "news,attic.news", "attic.news-2")]
    [InlineData("news", "news,ATTIC.news,attic.news-2", "attic.news-3")]
    public void A_second_show_of_one_name_has_its_recorder_before_it(string show, string taken, string expected)
    {
        var names = new HashSet<string>(taken.Split(','), StringComparer.OrdinalIgnoreCase);
        Assert.Equal(expected, LocalNames.Choose("attic", show, names.Contains));
    }
}
