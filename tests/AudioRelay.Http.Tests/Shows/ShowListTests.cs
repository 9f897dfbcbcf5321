using AudioRelay.Http.Playback;
using AudioRelay.Http.Tests.Support;
using AudioRelay.Streams.Receiver;
using AudioRelay.Streams.Sync.Feed;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Http.Tests.Shows;

/// <summary>The list of a receiver's shows, which a page reads anew whenever any of them grows.</summary>
public sealed class ShowListTests
{
    private const long Start = 1_700_000_000_000;

    [Fact]
    public async Task A_show_to_which_nothing_was_committed_is_not_asked_again()
    {
        using var growing = new ShowFile(name: "growing").Open(Start).Add(2, 96_000);
        using var old = new ShowFile(name: "old").Open(Start).Add(3, 96_000).Close();
        var (first, second) = (new CountingReader(growing.Reader), new CountingReader(old.Reader));
        var time = new ManualTime();
        await using var server = await ReceiverServer.Start([Of("growing", first), Of("old", second)], time);
        server.Feed.Publish(new ShowPosition("growing", "db_a", 2, 2));
        server.Feed.Publish(new ShowPosition("old", "db_b", 3, 3));
        await server.Json("/api/shows");
        var each = second.Questions;
        Assert.True(each > 0);

        growing.Add(1, 96_000);
        server.Feed.Publish(new ShowPosition("growing", "db_a", 3, 2));
        var listed = (await server.Json("/api/shows")).GetProperty("shows");
        Assert.Equal([3L, 3L], listed.EnumerateArray().Select(show => show.GetProperty("max_id").GetInt64()));
        Assert.Equal((2 * each, each), (first.Questions, second.Questions));

        // What retention has removed is seen all the same, if not at once.
        time.Advance(ShowGlances.Kept);
        await server.Json("/api/shows");
        Assert.Equal((3 * each, 2 * each), (first.Questions, second.Questions));
    }

    private static ReceivingShow Of(string name, CountingReader reader) => new(name, new ReceivedFile(name, reader));
}
