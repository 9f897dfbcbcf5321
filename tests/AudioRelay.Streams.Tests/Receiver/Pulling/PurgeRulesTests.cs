using AudioRelay.Storage.Receiving;
using AudioRelay.Streams.Receiver.Pulling;
using AudioRelay.Streams.Sync.Client;

namespace AudioRelay.Streams.Tests.Receiver.Pulling;

public sealed class PurgeRulesTests
{
    [Theory]
    [InlineData(101, 150, 120, 200, 120L)] // the recorder begins behind where we stand
    [InlineData(101, 150, 151, 200, 151L)]
    [InlineData(101, 150, 0, 0, 151L)] // it has nothing left, and never uses an id again
    [InlineData(101, 150, 40, 100, 151L)]
    [InlineData(101, 150, 40, 200, 151L)] // a hole in the middle, and something behind it
    [InlineData(101, 150, 40, 150, null)] // it says it has 150, and has not sent it
    [InlineData(101, 150, 101, 150, null)]
    public void A_pull_goes_on_behind_what_is_gone(long next, long asked, long min, long max, long? expected)
    {
        var source = new ShowMetadata("db", "news", "opus", "16", "48000", "4", false, min, max, 7);
        Assert.Equal(expected, PurgeRules.GoOnFrom(new SyncCheckpoint("db", next, 7, 1), asked, source));
    }
}
