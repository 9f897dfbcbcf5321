using System.Text.Json;
using AudioRelay.Http.SyncStatus;
using AudioRelay.Http.Tests.Support;
using AudioRelay.Streams.Receiver.Status;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Http.Tests.SyncStatus;

public sealed class SyncStatusTests
{
    private static readonly ShowSyncStatus Pulling = new()
    {
        Show = "news",
        Remote = "studio",
        State = ShowSyncState.Pulling,
        SinceUs = 5,
        ReadId = 40,
        SourceMaxId = 100,
        CatchUpTotal = 90,
        BytesPerSecond = 1000.5,
        TimeLeft = TimeSpan.FromSeconds(12.4),
        LastCommitUs = 7,
        LastDelay = TimeSpan.FromMilliseconds(310),
        Verified = true,
    };

    [Fact]
    public async Task A_receiver_that_has_just_begun_says_that_nothing_is_in_progress()
    {
        await using var server = await ReceiverServer.Start([]);
        var json = await server.Json("/api/sync/status");
        Assert.False(json.GetProperty("in_progress").GetBoolean());
        Assert.Empty(json.GetProperty("shows").EnumerateArray());
        Assert.Equal("receiver", (await server.Json("/api/mode")).GetProperty("mode").GetString());
    }

    [Fact]
    public async Task Everything_on_the_board_is_told_in_the_units_of_its_names()
    {
        await using var server = await ReceiverServer.Start([]);
        server.Board.Post(new RemoteStatus("studio", "http://studio:17000/", false, 3, "It does not answer.", true));
        server.Board.Post(Pulling);
        var json = await server.Json("/api/sync/status");
        Assert.True(json.GetProperty("in_progress").GetBoolean());
        Assert.Equal(
            """[{"name":"studio","url":"http://studio:17000/","online":false,"since_us":3,"detail":"It does not answer.","pushes":true}]""",
            json.GetProperty("remotes").GetRawText()
        );
        Assert.Equal(
            """[{"show":"news","remote":"studio","state":"pulling","since_us":5,"detail":null,"read_id":40,"source_max_id":100,"""
                + """ "behind":60,"catch_up_total":90,"bytes_per_second":1000.5,"time_left_ms":12400,"last_commit_us":7,"""[1..]
                + """ "last_delay_ms":310,"verified":true}]"""[1..],
            json.GetProperty("shows").GetRawText()
        );
    }

    [Fact]
    public void Every_state_has_a_name_of_its_own()
    {
        var names = Enum.GetValues<ShowSyncState>().Select(state => state.WireName()).ToArray();
        Assert.All(names, name => Assert.Matches("^[a-z_]+$", name));
        Assert.Equal(names.Length, names.Distinct().Count());
    }

    [Fact]
    public async Task Asking_for_a_sync_is_202_and_409_while_everything_is_at_it()
    {
        await using var server = await ReceiverServer.Start([]);
        var started = await server.Send(HttpMethod.Post, "/api/sync", null, 202);
        Assert.False(started.GetProperty("already_in_progress").GetBoolean());
        Assert.NotEmpty(started.GetProperty("message").GetString()!);
        server.SyncStarts = false;
        var busy = await server.Send(HttpMethod.Post, "/api/sync", null, 409);
        Assert.True(busy.GetProperty("already_in_progress").GetBoolean());
    }

    [Fact]
    public async Task The_recorders_side_of_the_protocol_is_not_offered_by_a_receiver()
    {
        await using var server = await ReceiverServer.Start([]);
        await server.Json("/api/sync/shows", 404);
    }

    [Fact]
    public async Task A_listener_is_told_how_the_sync_stands_and_of_each_change()
    {
        await using var server = await ReceiverServer.Start([], TimeProvider.System);
        using var reader = new StreamReader(await server.Client.GetStreamAsync("/api/events"));
        Assert.False((await NextSync(reader)).GetProperty("in_progress").GetBoolean());
        server.Board.Post(Pulling);
        Assert.Equal("pulling", (await NextSync(reader)).GetProperty("shows")[0].GetProperty("state").GetString());
        server.Board.Post(Pulling with { State = ShowSyncState.UpToDate });
        Assert.Equal("up_to_date", (await NextSync(reader)).GetProperty("shows")[0].GetProperty("state").GetString());
    }

    [Fact]
    public async Task However_often_a_hundred_shows_change_a_listener_is_told_once_a_second_and_always_the_last()
    {
        var time = new ManualTime();
        await using var server = await ReceiverServer.Start([], time);
        var paced = time.Armed(TimeSpan.FromSeconds(1));
        using var reader = new StreamReader(await server.Client.GetStreamAsync("/api/events"));
        Assert.Empty((await NextSync(reader)).GetProperty("shows").EnumerateArray());
        for (var second = 0; second < 3; second++)
        {
            await paced.Guarded("the pause after a report");
            for (var each = 0; each < 500; each++)
            {
                server.Board.Post(Pulling with { Show = $"show {each % 100}", ReadId = (second * 1000) + each });
            }

            paced = time.Armed(TimeSpan.FromSeconds(1));
            time.Advance(TimeSpan.FromSeconds(1));
            // The very next report has them all: none was sent in between.
            var shows = (await NextSync(reader)).GetProperty("shows").EnumerateArray().ToArray();
            Assert.Equal(100, shows.Length);
            Assert.All(shows, show => Assert.InRange(show.GetProperty("read_id").GetInt64(), (second * 1000) + 400, long.MaxValue));
        }
    }

    [Fact]
    public async Task Positions_keep_coming_beside_the_sync_and_have_no_name()
    {
        using var file = new ShowFile().Open(1_700_000_000_000).Add(2, 96_000);
        await using var server = await ReceiverServer.Start([ReceivedFile.Of(file)]);
        using var reader = new StreamReader(await server.Client.GetStreamAsync("/api/events"));
        var lines = new List<string>();
        while (!lines.Exists(line => line.Contains("max_id", StringComparison.Ordinal)))
        {
            lines.Add((await reader.ReadLineAsync().Guarded("a position"))!);
        }

        var at = lines.FindIndex(line => line.Contains("max_id", StringComparison.Ordinal));
        Assert.DoesNotContain("event:", lines[at - 1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_nothing_happens_the_stream_says_that_it_lives()
    {
        var time = new ManualTime();
        await using var server = await ReceiverServer.Start([], time);
        var armed = time.Armed(TimeSpan.FromSeconds(15));
        using var reader = new StreamReader(await server.Client.GetStreamAsync("/api/events"));
        await NextSync(reader);
        await armed.Guarded("the heartbeat to be armed");
        time.Advance(TimeSpan.FromSeconds(15));
        string? line;
        do
        {
            line = await reader.ReadLineAsync().Guarded("a heartbeat");
        } while (line?.Length == 0);

        // For proxies and tools; and for pages, whose browser keeps comments from them.
        Assert.Equal(": still here", line);
        Assert.Equal("", await reader.ReadLineAsync().Guarded("its end"));
        Assert.Equal("event: beat", await reader.ReadLineAsync().Guarded("a beat"));
        Assert.Equal("data: {}", await reader.ReadLineAsync().Guarded("something in it, or it would not be told"));
    }

    [Fact]
    public async Task Stopping_does_not_wait_for_those_who_listen()
    {
        var server = await ReceiverServer.Start([]);
        using var reader = new StreamReader(await server.Client.GetStreamAsync("/api/events"));
        await NextSync(reader);
        await server.DisposeAsync().AsTask().Guarded("the server to stop");
        Assert.Equal(0, server.Feed.Followers);
    }

    private static async Task<JsonElement> NextSync(StreamReader reader)
    {
        while (await reader.ReadLineAsync().Guarded("an event") is { } line)
        {
            if (line == "event: sync")
            {
                return JsonDocument.Parse((await reader.ReadLineAsync().Guarded("its data"))!["data: ".Length..]).RootElement;
            }
        }

        throw new InvalidOperationException("The stream ended.");
    }
}
