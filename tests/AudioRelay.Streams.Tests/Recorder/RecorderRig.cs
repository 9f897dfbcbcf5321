using AudioRelay.Actors;
using AudioRelay.Actors.Inspection;
using AudioRelay.Media.Codecs;
using AudioRelay.Media.Framing;
using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
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
using AudioRelay.TestKit.Time;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.Streams.Tests.Recorder;

/// <summary>A whole recorder with real files and a real dialler, on a clock that the test moves, against stations without sockets.</summary>
/// <remarks>Time goes on only when every actor is idle, every connection waits for bytes and all sound that was heard is in the store.</remarks>
internal sealed class RecorderRig : IAsyncDisposable
{
    public static readonly DailyWindow[] AllDay = [new(TimeOnly.MinValue, TimeOnly.MinValue)];

    private readonly TemporaryFolder _folder = new();
    private readonly Lock _lock = new();
    private readonly List<WatchedStream> _connections = [];
    private readonly List<TimeSpan> _dials = [];
    private readonly StationDialer _dialer;
    private readonly StorageThreads _threads;
    private RecorderParts _parts = null!;
    private RecorderService? _recorder;
    private int _dialling;
    private Fault? _fault;

    public RecorderRig(DateTimeOffset? start = null)
    {
        Time = new ManualTime(start);
        Air = new MemoryAir(Time) { Settled = Settle };
        _dialer = new StationDialer(Time, "AudioRelay/test", (host, _) => ValueTask.FromResult(Connect(host.Host)));
        _threads = new StorageThreads(Time, 2);
        System = NewSystem();
    }

    public ManualTime Time { get; }

    public MemoryAir Air { get; }

    public CommitFeed Feed { get; } = new();

    public ActorSystem System { get; private set; }

    public RecorderService Recorder => _recorder!;

    public long NowUs => Moment.Of(Time).UtcUs;

    /// <summary>When each dial was made, since the clock began.</summary>
    public IReadOnlyList<TimeSpan> Dials
    {
        get
        {
            lock (_lock)
            {
                return [.. _dials];
            }
        }
    }

    public int OpenConnections
    {
        get
        {
            lock (_lock)
            {
                return _connections.Count(c => !c.IsClosed);
            }
        }
    }

    /// <summary>Takes the place of the dialler.</summary>
    public Streams.Recorder.Stations.StationDial? Dialler { get; set; }

    public static ShowPlan Plan(string name, string host, params DailyWindow[] windows) =>
        new()
        {
            Station = new StationKey(new Uri($"http://{host}/")),
            Capture = new ShowCaptureOptions
            {
                Name = name,
                Format = StoredFormat.Copy,
                SplitInterval = TimeSpan.FromSeconds(2),
            },
            Windows = windows.Length == 0 ? AllDay : windows,
        };

    public async Task Start(params ShowPlan[] plans)
    {
        _parts = new RecorderParts(_folder.Path, _threads, new CodecCatalog(), Feed, Time, () => new Random(7));
        _recorder = await RecorderService.StartAsync(System, _parts, plans, Dial, CancellationToken.None);
    }

    /// <summary>What a kill leaves behind, short of the process: nothing is flushed, nothing is ended, the files can be opened again.</summary>
    public async Task Die()
    {
        var recordings = Recorder.Shows;
        await System.DisposeAsync();
        foreach (var recording in recordings)
        {
            await recording.DisposeAsync();
        }

        System = NewSystem();
    }

    /// <summary>Time goes by.</summary>
    public Task Run(double seconds) => Air.RunFor(TimeSpan.FromSeconds(seconds));

    /// <summary>The next bytes that arrive meet a fault of ours.</summary>
    public void FailOnce(Exception fault, string host) => Volatile.Write(ref _fault, new Fault(fault, host));

    public async Task Stop() => Assert.True((await Passing(Recorder.StopAsync())).Complete);

    public Task Passing(Task task) => Passing(Done(task));

    /// <summary>Awaits what may need its time limits: if it hangs, time goes by.</summary>
    public async Task<T> Passing<T>(Task<T> task)
    {
        for (var limits = 0; limits < 10; limits++)
        {
            if (await Task.WhenAny(task, Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, CancellationToken.None)) == task)
            {
                break;
            }

            Time.Advance(TimeSpan.FromSeconds(5));
        }

        return await task.Guarded("the recorder, at the end:\n" + Describe());
    }

    public string File(string show) => Path.Combine(_folder.Path, show + ".sqlite");

    public async Task<IReadOnlyList<JournalEntry>> Journal(string show)
    {
        await using var reader = SqliteShowReader.Open(File(show));
        return await reader.JournalAsync(0, 10_000);
    }

    public async Task<IReadOnlyList<Trouble>> Troubles(string show) => [.. (await Journal(show)).Select(e => e.Body).OfType<Trouble>()];

    public async Task<IReadOnlyList<SectionInfo>> Sections(string show)
    {
        await using var reader = SqliteShowReader.Open(File(show));
        return await reader.SectionsAsync(new SectionQuery());
    }

    public async Task<IReadOnlyList<WindowInfo>> Windows(string show)
    {
        await using var reader = SqliteShowReader.Open(File(show));
        return await reader.WindowsAsync(new UtcRange(0, long.MaxValue));
    }

    public async Task<ShowTimeline> Timeline(string show)
    {
        await using var reader = SqliteShowReader.Open(File(show));
        return await reader.TimelineAsync(new UtcRange(0, NowUs));
    }

    /// <summary>The places that a copy show's frames have in what the station aired since its start; each must be one of them.</summary>
    public async Task<IReadOnlyList<long>> Places(string show, ScriptedStation station)
    {
        Dictionary<ulong, long> places = [];
        foreach (var frame in station.Aired(station.StartUs, NowUs + 10_000_000))
        {
            places[FrameHash.Of(frame.Bytes)] = places.Count;
        }

        List<long> found = [];
        var frames = new FrameSplitter(new Collector(hash => found.Add(places[hash])), SourceCodec.Mp3);
        await using var reader = SqliteShowReader.Open(File(show));
        foreach (var segment in await reader.ReadSegmentsAsync(1, long.MaxValue, int.MaxValue, long.MaxValue))
        {
            frames.Feed(segment.Data);
        }

        frames.Flush();
        Assert.Equal(0, frames.SkippedBytes);
        return found;
    }

    public async ValueTask DisposeAsync()
    {
        if (_recorder is not null)
        {
            await Passing(_recorder.StopAsync());
        }

        await System.DisposeAsync();
        Air.Dispose();
        await _threads.DisposeAsync();
        _dialer.Dispose();
        _folder.Dispose();
    }

    /// <summary>Completes when nothing happens any more without time.</summary>
    public async Task Settle()
    {
        using var patience = new CancellationTokenSource(Guard.Limit);
        for (var quiet = 0; quiet < 2; )
        {
            quiet = IsQuiet() ? quiet + 1 : 0;
            if (patience.IsCancellationRequested)
            {
                Assert.Fail("The recorder did not settle:\n" + Describe());
            }

            await Task.Yield();
        }
    }

    public string Describe() =>
        $"{_dialling} dialling, {OpenConnections} connections\n"
        + string.Join('\n', System.Tree().Flatten().Select(a => $"{a.Path} {a.Status} {a.Handling} {a.State} {a.LastFault?.Text}"));

    /// <summary>What the children of a part of the recorder have said lately, as a person reads it with <c>actors log</c>.</summary>
    public string Logged(string part) =>
        string.Join(
            '\n',
            System
                .Tree()
                .Flatten()
                .Where(a => a.Path.StartsWith($"/recorder/{part}/", StringComparison.Ordinal))
                .SelectMany(a => System.Log(a.Path) ?? [])
                .Select(line => line.Text)
        );

    private static async Task<bool> Done(Task task)
    {
        await task;
        return true;
    }

    private ActorSystem NewSystem() => new(Time, new Random(1));

    private Exception? TakeFault(string host) =>
        Volatile.Read(ref _fault) is { } fault && fault.Host == host && Interlocked.Exchange(ref _fault, null) is not null
            ? fault.Error
            : null;

    private Stream Connect(string host)
    {
        var connection = new WatchedStream(Air.Connect(host), () => TakeFault(host));
        lock (_lock)
        {
            _connections.RemoveAll(c => c.IsClosed);
            _connections.Add(connection);
        }

        return connection;
    }

    private async Task<StationAnswer> Dial(Uri address, CancellationToken token)
    {
        if (Dialler is { } other)
        {
            return await other(address, token);
        }

        lock (_lock)
        {
            _dials.Add(Time.Elapsed);
        }

        Interlocked.Increment(ref _dialling);
        try
        {
            return await _dialer.Dial(address, token);
        }
        finally
        {
            Interlocked.Decrement(ref _dialling);
        }
    }

    private bool IsQuiet()
    {
        if (!System.IsAtRest)
        {
            return false;
        }

        var actors = System.Tree().Flatten().ToArray();
        var stations = actors.Where(a => a.Type == nameof(StationActor) && a.Status == ActorStatus.Running).Select(a => a.State).ToArray();
        var dialling = stations.Count(s => s.Contains("dialling", StringComparison.Ordinal));
        var lines = stations.Sum(s =>
            s.StartsWith("on two", StringComparison.Ordinal) ? 2
            : s.StartsWith("on the", StringComparison.Ordinal) ? 1
            : 0
        );
        lock (_lock)
        {
            if (
                Dialler is null
                && (
                    dialling != Volatile.Read(ref _dialling)
                    || _connections.Count(c => !c.IsClosed) != lines + dialling
                    || !_connections.TrueForAll(c => c.IsQuiet)
                )
            )
            {
                return false;
            }
        }

        return Array.TrueForAll(actors, IsQuietActor)
            && (_recorder?.Shows.All(s => s.IsWritten && s.Journal.Count == 0) ?? true)
            && System.IsAtRest;
    }

    // A show has its nap, its retention and its writer outstanding; a fourth is work.
    private static bool IsQuietActor(ActorSnapshot actor) =>
        actor is { QueueDepth: 0, Handling: null }
        && (actor.Status == ActorStatus.Running || actor.RestartAt is not null)
        && (actor.Type != nameof(ShowActor) || (actor.Pending <= 3 && !actor.State.StartsWith("ending", StringComparison.Ordinal)));

    private sealed record Fault(Exception Error, string Host);

    private sealed class Collector(Action<ulong> onFrame) : IFrameSink
    {
        public void OnFrame(in FrameFormat format, ReadOnlySpan<byte> frame) => onFrame(FrameHash.Of(frame));
    }
}
