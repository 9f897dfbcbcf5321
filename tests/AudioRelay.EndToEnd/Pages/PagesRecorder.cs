using AudioRelay.EndToEnd.Playing;
using AudioRelay.EndToEnd.Support;
using AudioRelay.Storage;
using AudioRelay.Storage.Sqlite;
using AudioRelay.TestKit.Fixtures;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.EndToEnd.Pages;

/// <summary>A recorder in a process of its own, with stations that name titles, and shows that have a past of two days.</summary>
public sealed class PagesRecorder : IAsyncLifetime
{
    private const int Bitrate = 32;

    internal const string Jazz = "night.jazz";
    internal const string Talk = "morning-talk";
    internal const string Classic = "Klassik_am_Abend";

    private static readonly string[] JazzTitles =
    [
        "Miles Davis - So What",
        "Ella Fitzgerald - Summertime",
        "Chet Baker - Almost Blue",
        "Nina Simone - Feeling Good",
        "Bill Evans - Peace Piece",
        "John Coltrane - Naima",
        "Sarah Vaughan - Lullaby of Birdland",
    ];

    private static readonly string[] TalkTitles = ["News", "Weather and traffic", "The interview: a mayor on trams", "Listeners ask"];

    private static readonly string[] ClassicTitles =
    [
        "Schubert - Streichquintett C-Dur D 956",
        "Händel - Wassermusik, Suite Nr. 1",
        "Dvořák - Sinfonie Nr. 9 „Aus der Neuen Welt“",
    ];

    private readonly List<SocketStation> _stations = [];
    private TempConfig? _config;

    internal RecorderRun? Recorder { get; private set; }

    internal string Address => Recorder!.Address.AbsoluteUri;

    public async ValueTask InitializeAsync()
    {
        if (!Browser.IsInstalled)
        {
            return;
        }

        _config = new TempConfig([Show(Jazz, JazzTitles), Show(Talk, TalkTitles), Show(Classic, ClassicTitles)]);
        Directory.CreateDirectory(_config.Output);
        Remember(Jazz, JazzTitles, hoursAgo: 30);
        Remember(Talk, TalkTitles, hoursAgo: 11);
        Remember(Classic, ClassicTitles, hoursAgo: 5);
        Recorder = await RecorderRun.Start(_config);
        foreach (var show in (string[])[Jazz, Talk, Classic])
        {
            var past = Recorder.Commits[show]?.MaxId ?? 0;
            await Recorder.Commits.Reaches(show, past + 3);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Recorder is not null)
        {
            await Recorder.DisposeAsync();
        }

        foreach (var station in _stations)
        {
            await station.DisposeAsync();
        }

        _config?.Dispose();
    }

    private ShowLines Show(string name, string[] titles)
    {
        var script = new StationScript
        {
            Source = new LoopedSource(SoundFixture.Mp3),
            MetaInterval = 8192,
            Acts = [.. titles.Select((title, at) => new Title(TimeSpan.FromSeconds(at * 20), title))],
        };
        var station = new SocketStation(script, TimeProvider.System);
        _stations.Add(station);
        return new ShowLines(name, station.Address, "opus", Split: 2, Bitrate);
    }

    /// <summary>All day wanted, recorded in pieces: broken off for some minutes every four hours, and not running just before now.</summary>
    private void Remember(string name, string[] titles, int hoursAgo)
    {
        var nowUs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
        var settings = new ShowSettings(name, "opus", Bitrate, 48_000);
        // Each store has an id of its own: it is what bookmarks refer to.
        using var store = ShowStore.Open(_config!.Database(name), settings, new Random(hoursAgo));
        var fromUs = nowUs - Minutes(hoursAgo * 60);
        var past = new Past(store).Wanted(fromUs);
        while (true)
        {
            var untilUs = fromUs + Minutes(4 * 60);
            if (untilUs > nowUs - Minutes(20))
            {
                past.Section(fromUs, nowUs - Minutes(9), titles, EndCause.WindowEnd);
                return;
            }

            past.Section(fromUs, untilUs, titles, EndCause.Disconnected);
            fromUs = untilUs + Minutes(7);
            past.Trouble(GapCause.Disconnected, untilUs, fromUs, "The station closed the connection.");
        }
    }

    private static long Minutes(int minutes) => minutes * 60_000_000L;
}
