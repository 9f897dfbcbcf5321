using AudioRelay.EndToEnd.Support;
using AudioRelay.TestKit.Net;
using AudioRelay.TestKit.Postgres;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.EndToEnd.Relay;

/// <summary>
/// A station, its recorder, and two receivers of that, one with files and one with PostgreSQL; every one of them can be killed and comes back.
/// The recorder is reached through a proxy, so that it keeps its address. Several may be killed at a time, but not PostgreSQL and its receiver.
/// </summary>
internal sealed class KilledRelay : IAsyncDisposable
{
    public static readonly string[] Shows = ["copied", "opus", "wav"];

    private readonly SocketStation _station;
    private readonly TempConfig _there;
    private readonly PostgresServer _postgres;
    private readonly Dictionary<string, long>[] _listed =
    [
        [],
        [],
    ];
    private RecorderRun? _recorder;
    private ChaosProxy? _line;
    private TempReceiver[] _here = [];
    private readonly ReceiverRun?[] _receivers = [null, null];

    private KilledRelay(IFrameSource sound, PostgresServer postgres)
    {
        _postgres = postgres;
        _station = new SocketStation(
            new StationScript { Source = sound, BurstBytes = 65_536 },
            TimeProvider.System,
            TimeSpan.FromSeconds(15)
        );
        _there = new TempConfig(Plans(""));
    }

    /// <summary>Starts all of it.</summary>
    public static async Task<KilledRelay> Start(IFrameSource sound)
    {
        var relay = new KilledRelay(sound, await PostgresServer.Start());
        relay._recorder = await RecorderRun.Start(relay._there);
        relay._line = new ChaosProxy(relay._recorder.Address, TimeProvider.System, new Random(1));
        var address = relay._line.Through(relay._recorder.Address);
        relay._here = [new TempReceiver(address), new TempReceiver(address, relay._postgres)];
        for (var receiver = 0; receiver < relay._here.Length; receiver++)
        {
            relay._receivers[receiver] = await ReceiverRun.Start(relay._here[receiver]);
        }

        return relay;
    }

    public async Task KillRecorder()
    {
        await _recorder!.Kill();
        await _recorder.DisposeAsync();
        _recorder = await RecorderRun.Start(_there);
        _line!.Target = _recorder.Address;
    }

    /// <summary>Kills the receiver with files (0) or the one with PostgreSQL (1).</summary>
    public async Task KillReceiver(int number)
    {
        var receiver = _receivers[number]!;
        await receiver.Kill();
        // What it told anybody of must be there when it comes back.
        Note(number);
        await receiver.DisposeAsync();
        _receivers[number] = await ReceiverRun.Start(_here[number]);
    }

    public async Task KillPostgres()
    {
        await _postgres.Kill();
        Note(1);
        await _postgres.Restart();
    }

    /// <summary>Starts the recorder once more, outside its window, and waits until both receivers have everything.</summary>
    /// <returns>How many segments each of them has.</returns>
    public async Task<int> CatchUp()
    {
        Assert.Equal(0, await _recorder!.Stop());
        await _recorder.DisposeAsync();
        _there.Write(Plans(TempConfig.NotNow));
        _recorder = await RecorderRun.Start(_there);
        _line!.Target = _recorder.Address;
        var segments = 0;
        for (var number = 0; number < _here.Length; number++)
        {
            Note(number);
            await _receivers[number]!.CatchesUp(_here[number], _there, Shows);
            foreach (var show in Shows)
            {
                var count = Relayed.SameAsRecorded(_here[number], _there, show);
                Assert.InRange(_listed[number].GetValueOrDefault(show), 0, count);
                segments += number == 0 ? count : 0;
            }
        }

        return segments;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var receiver in _receivers)
        {
            await (receiver?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        await (_recorder?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_line?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _station.DisposeAsync();
        await _postgres.DisposeAsync();
        foreach (var here in _here)
        {
            here.Dispose();
        }

        _there.Dispose();
    }

    private void Note(int number)
    {
        foreach (var show in Shows)
        {
            var told = _receivers[number]!.Events[show]?.MaxId ?? 0;
            _listed[number][show] = Math.Max(_listed[number].GetValueOrDefault(show), told);
        }
    }

    private IEnumerable<ShowLines> Plans(string more) =>
        Shows.Select(show => new ShowLines(show, _station.Address, show == "copied" ? "copy" : show) { More = more });
}
