using AudioRelay.TestKit.Time;

namespace AudioRelay.TestKit.Stations;

/// <summary>
/// Stations without sockets, on a <see cref="ManualTime"/> that this class moves: each delivery completes when it is consumed, and only
/// then does time go on to the next delivery or timer. A simulated day takes as long as its work, and gives the same each time.
/// </summary>
/// <remarks>Give <see cref="Connect"/> to a <c>SocketsHttpHandler.ConnectCallback</c>; the host name says which station is meant.</remarks>
public sealed class MemoryAir(ManualTime time) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ScriptedStation> _stations = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<MemoryLine> _lines = [];
    private TaskCompletionSource _dialled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>
    /// Awaited before time moves: completes when the code under test has nothing left to do without time. Without it only a listener
    /// who was hung up on is waited for, until it dials again or arms a timer.
    /// </summary>
    public Func<Task>? Settled { get; set; }

    private long NowUs => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>Puts a station on the air.</summary>
    /// <param name="host">The host name in its address.</param>
    /// <param name="script">What it does.</param>
    /// <param name="onAirFor">How long it has been on the air already.</param>
    public ScriptedStation Add(string host, StationScript script, TimeSpan onAirFor = default)
    {
        var station = new ScriptedStation(script, NowUs - (long)onAirFor.TotalMicroseconds);
        lock (_gate)
        {
            _stations.Add(host, station);
        }

        return station;
    }

    /// <summary>Opens a connection; the answer comes when time is run.</summary>
    public Stream Connect(string host)
    {
        lock (_gate)
        {
            return _stations.TryGetValue(host, out var station)
                ? new MemoryConnection((connection, request) => OnRequest(station, connection, request))
                : throw new IOException($"No station is called {host}.");
        }
    }

    /// <summary>Completes at the next dial after this call.</summary>
    public Task NextDial()
    {
        lock (_gate)
        {
            return _dialled.Task;
        }
    }

    /// <summary>Lets time go by, delivering what falls due and firing timers, in order.</summary>
    public async Task RunFor(TimeSpan span)
    {
        var endUs = NowUs + (long)span.TotalMicroseconds;
        while (true)
        {
            await (Settled?.Invoke() ?? Task.CompletedTask).Guarded("the code under test to settle");
            var line = Earliest();
            var dueUs = Math.Max(line?.Next.AtUs ?? long.MaxValue, NowUs);
            var timerUs = time.ArmedTimers is [var soonest, ..] ? NowUs + (long)Math.Ceiling(soonest.TotalMicroseconds) : long.MaxValue;
            var nextUs = Math.Min(Math.Min(dueUs, timerUs), endUs);
            time.Advance(TimeSpan.FromMicroseconds(nextUs - NowUs));
            if (timerUs <= nextUs && timerUs < endUs)
            {
                continue;
            }

            if (line is null || dueUs >= endUs)
            {
                return;
            }

            await Deliver(line);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _lines.ForEach(line => line.Dispose());
            _lines.Clear();
        }
    }

    private async Task Deliver(MemoryLine line)
    {
        var isEnd = line.Next.End != StationEnd.None;
        var dialled = NextDial();
        var armed = isEnd ? time.NextArming() : Task.CompletedTask;
        await line.Step().Guarded("a delivery to be consumed");
        if (isEnd && Settled is null)
        {
            await Task.WhenAny(dialled, armed).Guarded("the listener to dial again or to arm a timer");
        }
    }

    private MemoryLine? Earliest()
    {
        lock (_gate)
        {
            _lines.RemoveAll(line => line.IsOver || line.IsClosed);
            return _lines.MinBy(line => line.Next.AtUs);
        }
    }

    private void OnRequest(ScriptedStation station, MemoryConnection connection, RequestHead request)
    {
        var dial = station.Dial(NowUs, request.WantsMetadata);
        lock (_gate)
        {
            _lines.Add(new MemoryLine(connection, dial, NowUs));
            _dialled.SetResult();
            _dialled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
