using System.Text.RegularExpressions;
using AudioRelay.EndToEnd.Support;
using AudioRelay.Storage.Sqlite;
using AudioRelay.TestKit.Icecast;
using AudioRelay.TestKit.Postgres;
using AudioRelay.TestKit.Stations;
using AudioRelay.TestKit.Tools;
using Microsoft.Data.Sqlite;

namespace AudioRelay.EndToEnd.Relay;

/// <summary>A real Icecast, the recorder and the receiver as processes of their own, and everything that a user does with them.</summary>
public sealed class RelayTests(ITestOutputHelper output)
{
    private static readonly string[] Shows = ["copied", "opus", "aac", "wav"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static long NowMs => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    [Theory]
    [InlineData("files")]
    [InlineData("postgres")]
    public async Task Everything_arrives_byte_for_byte_over_the_end_and_return_of_each(string store)
    {
        Assert.SkipUnless(IcecastServer.IsInstalled, IcecastServer.Missing);
        Assert.SkipUnless(Ffmpeg.IsInstalled, Ffmpeg.Missing);
        Assert.SkipUnless(store == "files" || PostgresServer.IsInstalled, PostgresServer.Missing);
        var beganMs = NowMs;
        await using var postgres = store == "files" ? null : await PostgresServer.Start();
        await using var icecast = await IcecastServer.Start();
        await using var air = new AirMount(icecast, "/radio");
        var sound = await MadeSound.Mp3(120, 128);
        await air.On(sound);
        await air.Title("First");
        using var there = new TempConfig(Plans(air, window: ""));
        var recorder = await RecorderRun.Start(there);
        using var here = new TempReceiver(recorder.Address, postgres);
        var receiver = await ReceiverRun.Start(here);
        try
        {
            await Reach(receiver, _ => 3);
            await air.Title("Künstler - it's; two");
            // A station that is off the air for a while: another section, and a gap with its cause.
            await air.Off();
            await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, Token);
            await air.On(sound);
            await recorder.Commits.Until(
                async () => (await recorder.Timeline("copied")).GetProperty("sections").GetArrayLength() == 2,
                "the second section"
            );
            await Reach(receiver, show => receiver.Events[show]!.MaxId + 2);

            Assert.Equal(0, await recorder.Stop());
            await receiver.Becomes("copied", "recorder_away");
            await ListsAndPlays(receiver);

            var away = Shows.ToDictionary(show => show, show => receiver.Events[show]!.MaxId);
            await recorder.DisposeAsync();
            recorder = await RecorderRun.Start(there, port: recorder.Address.Port);
            await Reach(receiver, show => away[show] + 2);

            Assert.Equal(0, await receiver.Stop());
            await receiver.DisposeAsync();
            var kept = Shows.ToDictionary(show => show, show => Checkpoint(here, show));
            receiver = await ReceiverRun.Start(here);
            await Reach(receiver, show => kept[show] + 2);

            // The same recorder outside its window: what is there now is all there will be.
            Assert.Equal(0, await recorder.Stop());
            await recorder.DisposeAsync();
            there.Write(Plans(air, TempConfig.NotNow));
            recorder = await RecorderRun.Start(there, port: recorder.Address.Port);
            await receiver.CatchesUp(here, there, Shows);
            foreach (var show in Shows)
            {
                var segments = Relayed.SameAsRecorded(here, there, show);
                var nowMs = NowMs;
                var gaps = await Relayed.Gaps(recorder.Json, show, beganMs, nowMs);
                Assert.Equal(gaps, await Relayed.Gaps(receiver.Json, show, beganMs, nowMs));
                // Of the station's hanging up; over the recorder's restarts Icecast's burst may have helped.
                Assert.Contains("\"cause\":", gaps, StringComparison.Ordinal);
                output.WriteLine($"{show}: {segments} segments; {gaps}");
            }

            await ListsAndPlays(receiver);
        }
        finally
        {
            await receiver.DisposeAsync();
            await recorder.DisposeAsync();
        }
    }

    [Fact]
    public async Task Sync_only_ends_with_0_when_all_is_there_and_with_1_and_one_line_when_the_recorder_is_away()
    {
        await using var station = new SocketStation(new StationScript(), TimeProvider.System);
        using var there = new TempConfig([new ShowLines("one", station.Address, "copy"), new ShowLines("two", station.Address, "copy")]);
        await using var recorder = await RecorderRun.Start(there);
        using var here = new TempReceiver(recorder.Address);
        await recorder.Commits.Reaches("one", 2);
        await recorder.Commits.Reaches("two", 2);

        var (code, said, errors) = await ReceiverRun.SyncOnly(here);
        Assert.Equal((0, 0), (code, errors.Count));
        // All that there was at its start, though the recorder goes on and may have told of more already; and nothing else.
        Assert.Matches("^one: up_to_date at ([0-9]+) of \\1\ntwo: up_to_date at ([0-9]+) of \\2$", said);
        Assert.InRange(Checkpoint(here, "one"), 2, long.MaxValue);

        Assert.Equal(0, await recorder.Stop());
        (code, said, errors) = await ReceiverRun.SyncOnly(here);
        Assert.Equal(1, code);
        Assert.Matches($"^audiorelay: remote: .*{recorder.Address.Authority}", Assert.Single(errors));
        var lines = said.Split('\n').Where(line => !line.StartsWith("! ", StringComparison.Ordinal)).ToArray();
        Assert.Equal(2, lines.Length);
        Assert.Matches("^one: recorder_away at [0-9]+$", lines[0]);
        Assert.Matches("^two: recorder_away at [0-9]+$", lines[1]);
    }

    [Fact]
    public async Task A_show_that_is_damaged_on_either_side_does_not_keep_the_others()
    {
        await using var station = new SocketStation(new StationScript(), TimeProvider.System);
        string[] shows = ["damaged-here", "damaged-there", "well"];
        using var there = new TempConfig(shows.Select(show => new ShowLines(show, station.Address, "copy")));
        await using (var first = await RecorderRun.Start(there))
        {
            await first.Commits.Reaches("damaged-there", 2);
            Assert.Equal(0, await first.Stop());
        }

        Damage(there.Database("damaged-there"));
        await using var recorder = await RecorderRun.Start(there);
        using var here = new TempReceiver(recorder.Address);
        Directory.CreateDirectory(Path.GetDirectoryName(here.Database("damaged-here"))!);
        await File.WriteAllTextAsync(here.Database("damaged-here"), new string('x', 100_000), Token);
        await using var receiver = await ReceiverRun.Start(here);
        await receiver.Becomes("damaged-here", "store_fault");
        await receiver.Becomes("damaged-there", "bad_data");
        await recorder.Commits.Reaches("well", 4);
        await receiver.Events.Reaches("well", 4);

        foreach (var show in shows[..2])
        {
            output.WriteLine($"{show}: {receiver.Sync(show)!.Value.GetProperty("detail").GetString()}");
            Assert.NotEmpty(receiver.Sync(show)!.Value.GetProperty("detail").GetString()!);
        }

        using var kept = here.Kept("damaged-there");
        Assert.Empty(kept.Segments);
        Assert.Equal(new string('x', 100_000), await File.ReadAllTextAsync(here.Database("damaged-here"), Token));
    }

    [Fact]
    public async Task A_receiver_needs_to_be_told_nothing_but_where_the_recorder_is()
    {
        await using var station = new SocketStation(new StationScript(), TimeProvider.System);
        using var there = new TempConfig([new ShowLines("news", station.Address, "copy")]);
        await using var recorder = await RecorderRun.Start(there);
        using var home = new TemporaryFolder();
        await File.WriteAllTextAsync(home.File("r.toml"), $"config_type = 'receiver'\nremote_url = '{recorder.Address}'\n", Token);
        // The port is for the machine's sake: something may listen on 18000.
        await using var process = AudioRelayProcess.Start(home.Path, ["receiver", "-c", home.File("r.toml"), "-p", "0"]);
        var address = await process.Line(new Regex("^Listening on (http\\S+)"));
        using var http = new HttpClient { BaseAddress = new Uri(address.Groups[1].Value) };
        await using var events = new CommitWatch(http, "/api/events");
        await events.Reaches("news", 2);
        using var kept = KeptShow.OfFile(home.File(".local/share/audiorelay/shows/news.sqlite"));
        Assert.InRange(kept.Segments.Count, 2, int.MaxValue);
    }

    /// <summary>Flips a bit of each segment's sound, as a bad disk does; the hashes stay.</summary>
    private static void Damage(string path)
    {
        SqliteLibrary.Version();
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "update segments set audio_data = cast(x'00' || substr(audio_data, 2) as blob)";
        Assert.NotEqual(0, command.ExecuteNonQuery());
    }

    private static IEnumerable<ShowLines> Plans(AirMount air, string window) =>
        Shows.Select(show => new ShowLines(show, air.Address, show == "copied" ? "copy" : show) { More = window });

    private static long Checkpoint(TempReceiver here, string show)
    {
        using var kept = here.Kept(show);
        return kept.End.MaxId;
    }

    private static async Task Reach(ReceiverRun receiver, Func<string, long> segment)
    {
        // Events name the shows as they come; a show that has none yet stands at nothing.
        await receiver.Events.Until(() => Shows.All(show => receiver.Events[show] is not null), "a word of every show");
        var wanted = Shows.ToDictionary(show => show, segment);
        await receiver.Events.Until(() => Shows.All(show => receiver.Events[show]!.MaxId >= wanted[show]), "new segments of every show");
    }

    /// <summary>Every section of every show, fetched as a player would and decoded by ffmpeg, is as long as it is said to be.</summary>
    private static async Task ListsAndPlays(ReceiverRun receiver)
    {
        var listed = (await receiver.Json("/api/shows"))
            .GetProperty("shows")
            .EnumerateArray()
            .Select(show => show.GetProperty("name").GetString());
        Assert.Equal(Shows.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
        foreach (var show in Shows)
        {
            var list = show switch
            {
                "opus" => "opus-playlist.m3u8",
                "wav" => "flac-playlist.m3u8",
                _ => "playlist.m3u8",
            };
            var sections = (await receiver.Json($"/api/show/{show}/sessions")).GetProperty("sessions").EnumerateArray().ToArray();
            Assert.NotEmpty(sections);
            foreach (var section in sections)
            {
                // By its ids: of a section whose end the recorder has not told yet, a list of all of it goes on growing.
                var range = $"start_id={section.GetProperty("start_id").GetInt64()}&end_id={section.GetProperty("end_id").GetInt64()}";
                var playlist = new Uri(receiver.Address, $"/show/{show}/{list}?{range}");
                var heard = await Ffmpeg.Decode(playlist.AbsoluteUri, 16_000, 1, token: Token);
                Assert.Equal(section.GetProperty("duration_ms").GetInt64() / 1000.0, heard.Length / 16_000.0, 0.2);
                Assert.True(Sound.Rms(heard) > 0.01, "silence");
            }
        }
    }
}
