using System.Text.Json;
using AudioRelay.Http.Shows;
using AudioRelay.Http.Tests.Support;
using AudioRelay.Streams.Sync.Feed;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Http.Tests.Events;

public sealed class EventsTests
{
    private const long Start = 1_700_000_000_000;

    [Fact]
    public async Task A_listener_hears_where_the_show_stands_and_then_each_commit()
    {
        using var file = new ShowFile().Open(Start).Add(2, 96_000);
        await using var server = await PlaybackServer.Record(file);
        using var reader = new StreamReader(await server.Client.GetStreamAsync("/api/show/show/events"));
        Assert.Equal(2, (await Next(reader)).GetProperty("max_id").GetInt64());
        server.Feed.Publish(new ShowPosition("another", "db_other", 9, 9));
        server.Feed.Publish(new ShowPosition("show", "db_x", 3, 17));
        var heard = await Next(reader);
        Assert.Equal("show", heard.GetProperty("show").GetString());
        Assert.Equal(3, heard.GetProperty("max_id").GetInt64());
        Assert.Equal(17, heard.GetProperty("journal_seq").GetInt64());
    }

    [Fact]
    public async Task All_shows_are_heard_on_one_stream()
    {
        using var one = new ShowFile(name: "one").Open(Start).Add(1, 96_000);
        using var two = new ShowFile(name: "two").Open(Start).Add(2, 96_000);
        var catalog = new ShowCatalog(ShowModes.Receiver);
        catalog.Set(new ServedShow("one", one.Reader, null));
        catalog.Set(new ServedShow("two", two.Reader, null));
        await using var server = await PlaybackServer.Start(catalog);
        using var reader = new StreamReader(await server.Client.GetStreamAsync("/api/events"));
        var heard = new[] { await Next(reader), await Next(reader) };
        Assert.Equal(["one", "two"], heard.Select(e => e.GetProperty("show").GetString()!).Order());
    }

    [Fact]
    public async Task A_file_that_another_process_writes_is_looked_at_while_somebody_listens()
    {
        using var file = new ShowFile().Open(Start).Add(1, 96_000);
        var time = new ManualTime();
        await using var server = await PlaybackServer.Inspect(file, time);
        var armed = time.Armed(TimeSpan.FromSeconds(2));
        using var reader = new StreamReader(await server.Client.GetStreamAsync("/api/events"));
        Assert.Equal(1, (await Next(reader)).GetProperty("max_id").GetInt64());
        file.Add(1, 96_000);
        await armed.Guarded("the next look to be armed");
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(2, (await Next(reader)).GetProperty("max_id").GetInt64());
    }

    [Fact]
    public async Task Listeners_that_leave_are_forgotten_and_stopping_does_not_wait_for_the_others()
    {
        using var file = new ShowFile().Open(Start).Add(1, 96_000);
        var server = await PlaybackServer.Record(file);
        using var reader = new StreamReader(await server.Client.GetStreamAsync("/api/show/show/events"));
        await Next(reader);
        Assert.Equal(1, server.Feed.Followers);
        await server.DisposeAsync().AsTask().Guarded("the server to stop");
        Assert.Equal(0, server.Feed.Followers);
    }

    private static async Task<JsonElement> Next(StreamReader reader)
    {
        while (await reader.ReadLineAsync().Guarded("an event") is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal) && line != "data: {}")
            {
                return JsonDocument.Parse(line[6..]).RootElement;
            }
        }

        throw new InvalidOperationException("The stream ended.");
    }
}
