using AudioRelay.Actors;
using AudioRelay.Actors.Supervision;
using AudioRelay.Media.Codecs;
using AudioRelay.Storage;
using AudioRelay.Storage.Sqlite;
using AudioRelay.Storage.Threads;
using AudioRelay.Storage.Timeline;
using AudioRelay.Streams.Capture;
using AudioRelay.Streams.Recorder;
using AudioRelay.Streams.Recorder.Demands;
using AudioRelay.Streams.Recorder.Dialing;
using AudioRelay.Streams.Recorder.Shows;
using AudioRelay.Streams.Recorder.Stations;
using AudioRelay.Streams.Sync.Feed;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.Streams.Tests.Recorder;

/// <summary>The whole recorder but its HTTP face, against stations behind real sockets, in real time.</summary>
public sealed class RecorderServiceTests : IAsyncLifetime
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(60);
    private readonly string _folder = Directory.CreateTempSubdirectory("audiorelay-recorder-").FullName;
    private readonly StationDialer _dialer = new(TimeProvider.System, "AudioRelay/test");
    private readonly CommitFeed _feed = new();
    private CodecCatalog _codecs = new();
    private StorageThreads _threads = null!;
    private ActorSystem _system = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _threads = new StorageThreads(TimeProvider.System, 2);
        _system = new ActorSystem(TimeProvider.System, new Random(1));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _system.DisposeAsync();
        await _threads.DisposeAsync();
        _dialer.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Two_shows_of_one_station_share_one_connection_and_both_are_kept()
    {
        await using var station = BurstingStation();
        var recorder = await Start(Plan("original", station, StoredFormat.Copy), Plan("small", station, StoredFormat.Wav));
        await Reached("original", 3);
        await Reached("small", 3);
        Assert.Equal(1, station.Station.Dials);
        Assert.True((await recorder.StopAsync()).Complete);

        foreach (var show in new[] { "original", "small" })
        {
            await using var reader = SqliteShowReader.Open(Path.Combine(_folder, show + ".sqlite"));
            var section = Assert.Single(await reader.SectionsAsync(new SectionQuery(), Token));
            Assert.Equal(EndCause.StoppedByUser, section.End);
            var segments = await reader.SegmentsAsync(new SegmentQuery(), Token);
            Assert.Equal(section.Samples, segments.Sum(s => s.DurationSamples));
            var window = Assert.Single(await reader.WindowsAsync(new UtcRange(0, long.MaxValue), Token));
            Assert.Null(window.UntilUs); // recording was only interrupted
        }
    }

    [Fact]
    public async Task A_line_that_drops_is_dialled_again_and_the_section_goes_on()
    {
        await using var station = BurstingStation();
        var recorder = await Start(Plan("news", station, StoredFormat.Copy));
        var before = (await Reached("news", 6)).MaxId; // the burst is four of them
        station.Now(at => new Drop(at));
        await Reached("news", before + 4);
        await recorder.StopAsync();

        Assert.Equal(2, station.Station.Dials);
        await using var reader = SqliteShowReader.Open(Path.Combine(_folder, "news.sqlite"));
        Assert.Single(await reader.SectionsAsync(new SectionQuery(), Token));
    }

    [Fact]
    public async Task Shows_are_added_changed_and_removed_while_another_records()
    {
        await using var station = BurstingStation();
        await using var other = BurstingStation();
        var recorder = await Start(Plan("steady", station, StoredFormat.Copy));
        await recorder.AddAsync(Plan("guest", other, StoredFormat.Copy), Token);
        await Reached("guest", 2);
        await recorder.ChangeAsync(Plan("guest", other, StoredFormat.Copy) with { Retention = null }, Token);
        await recorder.RemoveAsync("guest", Token);
        Assert.Equal(["steady"], recorder.Shows.Select(s => s.Plan.Name));
        await using (var guest = SqliteShowReader.Open(Path.Combine(_folder, "guest.sqlite")))
        {
            var section = Assert.Single(await guest.SectionsAsync(new SectionQuery(), Token));
            Assert.True(section.Ended);
            Assert.NotNull(Assert.Single(await guest.WindowsAsync(new UtcRange(0, long.MaxValue), Token)).UntilUs);
        }

        await recorder.AddAsync(Plan("guest", other, StoredFormat.Copy), Token); // its file can be recorded on
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => recorder.RemoveAsync("nobody", Token));
        Assert.Contains("no show 'nobody'", error.Message, StringComparison.Ordinal);
        await recorder.StopAsync();

        await using var steady = SqliteShowReader.Open(Path.Combine(_folder, "steady.sqlite"));
        Assert.Single(await steady.SectionsAsync(new SectionQuery(), Token));
        Assert.Equal(1, station.Station.Dials);
    }

    [Fact]
    public async Task A_station_that_is_away_is_journaled_and_disturbs_nobody()
    {
        await using var station = BurstingStation();
        var away = new ShowPlan
        {
            Station = new StationKey(NobodyListens()),
            Capture = new ShowCaptureOptions { Name = "away", Format = StoredFormat.Copy },
            Windows = AllDay,
        };
        var recorder = await Start(away, Plan("here", station, StoredFormat.Copy));
        await Reached("here", 2);
        await foreach (var position in _feed.Follow(Token).WithCancellation(Token))
        {
            // The window's opening, then the trouble.
            if (position.Show == "away" && position.JournalSeq >= 2)
            {
                break;
            }
        }

        await recorder.StopAsync();
        await using var reader = SqliteShowReader.Open(Path.Combine(_folder, "away.sqlite"));
        var journal = await reader.JournalAsync(0, 100, Token);
        Assert.Contains(journal, e => e.Body is Storage.Journal.Trouble { Cause: GapCause.ConnectFailed });
    }

    [Fact]
    public async Task Files_that_cannot_be_recorded_to_are_all_named_at_once()
    {
        await using var station = new SocketStation(new StationScript(), TimeProvider.System);
        await File.WriteAllTextAsync(Path.Combine(_folder, "bad.sqlite"), "this is no database, and long enough to be looked at", Token);
        var first = await Start(Plan("taken", station, StoredFormat.Copy));
        var error = await Assert.ThrowsAsync<RecorderStartException>(() =>
            Start(
                Plan("taken", station, StoredFormat.Copy),
                Plan("bad", station, StoredFormat.Copy),
                Plan("good", station, StoredFormat.Copy)
            )
        );
        Assert.Equal(2, error.Problems.Count);
        Assert.Contains("already recording", error.Message, StringComparison.Ordinal);
        await first.StopAsync();
    }

    [Fact]
    public async Task A_damaged_file_does_not_keep_the_other_shows_from_being_recorded()
    {
        await using var station = BurstingStation();
        await (await Start(Plan("hurt", station, StoredFormat.Copy))).StopAsync();
        await using (var file = File.OpenWrite(Path.Combine(_folder, "hurt.sqlite")))
        {
            file.Position = 100; // behind the header: still a database, but one whose first page is damaged
            await file.WriteAsync(Enumerable.Repeat((byte)0xFF, 400).ToArray(), Token);
        }

        await _system.DisposeAsync();
        _system = new ActorSystem(TimeProvider.System, new Random(2));
        var recorder = await Start(Plan("hurt", station, StoredFormat.Copy), Plan("well", station, StoredFormat.Copy));
        await Reached("well", 2);
        Assert.Equal(["well"], recorder.Shows.Select(s => s.Plan.Name));
        await recorder.StopAsync();
    }

    [Fact]
    public async Task A_show_whose_decoder_is_missing_says_so_and_its_station_goes_on()
    {
        _codecs = new CodecCatalog([CodecLibrary.Mpg123, CodecLibrary.Libavcodec]);
        await using var station = BurstingStation();
        var recorder = await Start(Plan("decoded", station, StoredFormat.Wav), Plan("copied", station, StoredFormat.Copy));
        await Reached("copied", 10); // longer than a show goes without looking at itself
        var decoded = _system.Find("/recorder/shows/decoded")!;
        Assert.Contains("mpg123", decoded.State, StringComparison.Ordinal);
        Assert.Single(_system.Log(decoded.Path)!, l => l.Text.StartsWith("not recorded", StringComparison.Ordinal));
        await recorder.StopAsync();
        Assert.Equal(1, station.Station.Dials);
    }

    [Fact]
    public async Task A_station_that_fails_again_and_again_disturbs_nobody_and_is_recorded_when_it_is_well()
    {
        await using var station = BurstingStation();
        await using var other = BurstingStation();
        var faults = 0;
        var recorder = await Start(
            (address, token) =>
                address == other.Address && ++faults <= 5 ? throw new InvalidOperationException("ours") : _dialer.Dial(address, token),
            new ActorOptions
            {
                Supervision = new SupervisionPolicy { MaxRestarts = 2, Backoff = Quick },
            },
            Plan("steady", station, StoredFormat.Copy),
            Plan("shaky", other, StoredFormat.Copy)
        );
        await Reached("shaky", 2);
        await Reached("steady", 5);
        await recorder.StopAsync();

        Assert.Equal(6, faults);
        Assert.False(_system.FatalFault.IsCompleted);
        Assert.Equal(1, station.Station.Dials);
    }

    [Theory]
    [InlineData("/recorder/stations")]
    [InlineData("/recorder/shows")]
    [InlineData("/recorder/shows/news")]
    public async Task Restarting_any_actor_by_hand_does_not_end_the_recording(string path)
    {
        await using var station = BurstingStation();
        var recorder = await Start(Plan("news", station, StoredFormat.Copy));
        var before = (await Reached("news", 6)).MaxId;
        Assert.True(_system.Restart(path));
        await Reached("news", before + 6);
        Assert.Equal(["news"], recorder.Shows.Select(s => s.Plan.Name));
        await recorder.StopAsync();
    }

    private static readonly Backoff Quick = new(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(5), 0);

    private static SocketStation BurstingStation() =>
        new(new StationScript { BurstBytes = 65536 }, TimeProvider.System, TimeSpan.FromSeconds(30));

    private static Uri NobodyListens()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://{listener.LocalEndpoint}/none"); // closed again when we leave
    }

    private static readonly DailyWindow[] AllDay = [new(TimeOnly.MinValue, TimeOnly.MinValue)];

    private static ShowPlan Plan(string name, SocketStation station, StoredFormat format) =>
        new()
        {
            Station = new StationKey(station.Address),
            Capture = new ShowCaptureOptions
            {
                Name = name,
                Format = format,
                SplitInterval = TimeSpan.FromSeconds(1),
            },
            Windows = AllDay,
        };

    private Task<RecorderService> Start(params ShowPlan[] plans) => Start(_dialer.Dial, new ActorOptions(), plans);

    private Task<RecorderService> Start(AudioRelay.Streams.Recorder.Stations.StationDial dial, ActorOptions actors, params ShowPlan[] plans)
    {
        var parts = new RecorderParts(_folder, _threads, _codecs, _feed, TimeProvider.System, () => new Random(7)) { Actors = actors };
        return RecorderService.StartAsync(_system, parts, plans, dial, Token);
    }

    private async Task<AudioRelay.Streams.Sync.Feed.ShowPosition> Reached(string show, long id)
    {
        using var limit = new CancellationTokenSource(Guard);
        try
        {
            await foreach (var position in _feed.Follow(limit.Token))
            {
                if (position.Show == show && position.MaxId >= id)
                {
                    return position;
                }
            }
        }
        catch (OperationCanceledException)
        {
            var actors = string.Join('\n', _system.Tree().Flatten().Select(a => $"{a.Path} {a.Status}: {a.State} {a.LastFault?.Text}"));
            Assert.Fail($"'{show}' did not reach segment {id} within {Guard}, it is at {_feed.Latest(show)}.\n{actors}");
        }

        throw new InvalidOperationException();
    }
}
