using AudioRelay.Actors;
using AudioRelay.Host.Config;
using AudioRelay.Host.Roles;
using AudioRelay.Http;
using AudioRelay.Streams.Capture;
using AudioRelay.Streams.Receiver;
using AudioRelay.Streams.Recorder.Demands;
using AudioRelay.Streams.Recorder.Shows;
using AudioRelay.Streams.Recorder.Stations;
using AudioRelay.TestKit.Stations;
using AudioRelay.TestKit.Tools;
using Microsoft.Extensions.Logging.Abstractions;

namespace AudioRelay.Host.Tests.Roles;

/// <summary>A real recorder with a station behind sockets, and a real receiver with its files, in one process over HTTP.</summary>
internal sealed class RelayPair : IAsyncDisposable
{
    private static readonly DailyWindow AllDay = new(TimeOnly.MinValue, TimeOnly.MinValue);
    private readonly TemporaryFolder _folder = new();
    private readonly SocketStation _station = new(new StationScript(), TimeProvider.System);

    private int _seed;

    public string RecorderFolder => Path.Combine(_folder.Path, "recorder");

    public string ReceiverFolder => Path.Combine(_folder.Path, "receiver");

    public RecorderProcess? Recorder { get; private set; }

    public ReceiverProcess? Receiver { get; private set; }

    public StringWriter Out { get; } = new();

    public StringWriter Error { get; } = new();

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task StartRecorder(TimeSpan split)
    {
        var plan = new ShowPlan
        {
            Station = new StationKey(_station.Address),
            Capture = new ShowCaptureOptions
            {
                Name = "news",
                Format = StoredFormat.Copy,
                SplitInterval = split,
            },
            Windows = [AllDay],
        };
        Recorder = await RecorderProcess.StartAsync(
            "record",
            [plan],
            RecorderFolder,
            RecorderFolder,
            new RelayServerOptions { Port = 0 },
            new ActorSystemOptions(),
            1,
            Context(),
            Token
        );
    }

    public ReceiverOptions Options(Uri? recorder = null) =>
        new(
            new ReceiverConfig
            {
                DataDirectory = ReceiverFolder,
                Remotes = [],
                Listen = new ListenConfig { Port = 0 },
                SyncInterval = TimeSpan.FromSeconds(2),
            },
            [new RemotePlan("remote", recorder ?? Recorder!.Address, null, null)],
            null,
            []
        );

    public async Task StartReceiver() => Receiver = await ReceiverProcess.StartAsync(Options(), serves: true, Context(), Token);

    public async Task StopRecorder()
    {
        if (Recorder is { } recorder)
        {
            Recorder = null;
            await recorder.DisposeAsync();
        }
    }

    public async Task StopReceiver()
    {
        if (Receiver is { } receiver)
        {
            Receiver = null;
            await receiver.DisposeAsync();
        }
    }

    public HostContext Context() =>
        new()
        {
            Out = Out,
            Error = Error,
            Environment = new HostEnvironment
            {
                Variable = static _ => null,
                Home = _folder.Path,
                WorkingDirectory = _folder.Path,
            },
            Time = TimeProvider.System,
            Random = new Random(++_seed), // stores that are made anew have another identity
            Logs = NullLoggerFactory.Instance,
        };

    public async ValueTask DisposeAsync()
    {
        await StopReceiver();
        await StopRecorder();
        await _station.DisposeAsync();
        _folder.Dispose();
    }
}
