using System.Net;
using System.Net.Sockets;
using AudioRelay.TestKit.Time;

namespace AudioRelay.TestKit.Net;

/// <summary>
/// A TCP proxy on a free loopback port that makes the network as bad as a test needs it, changed while it runs, and keeps a copy of
/// every byte that it passed on.
/// </summary>
public sealed class ChaosProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly List<ChaosConnection> _connections = [];
    private TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile EndPoint _target;
    private readonly Random _chance;
    private readonly Task _run;
    private ChaosStrike? _strike;

    /// <param name="target">Where connections are passed on to.</param>
    /// <param name="time">Paces delays and schedules.</param>
    /// <param name="chance">Decides which bytes are corrupted.</param>
    public ChaosProxy(EndPoint target, TimeProvider time, Random chance)
    {
        _target = target;
        _chance = chance;
        Time = time;
        _listener.Start();
        _run = Accept();
    }

    /// <param name="target">An address whose host and port are meant.</param>
    /// <param name="time">Paces delays and schedules.</param>
    /// <param name="chance">Decides which bytes are corrupted.</param>
    public ChaosProxy(Uri target, TimeProvider time, Random chance)
        : this(new DnsEndPoint(target.Host, target.Port), time, chance) { }

    /// <summary>What happens to bytes from the server.</summary>
    public ChaosRules FromServer { get; set; } = new();

    /// <summary>What happens to bytes from the client.</summary>
    public ChaosRules FromClient { get; set; } = new();

    /// <summary>Where new connections are passed on to from now on: a server that was started anew has another port.</summary>
    public Uri Target
    {
        set => _target = new DnsEndPoint(value.Host, value.Port);
    }

    /// <summary>New connections are reset at once.</summary>
    public bool Refuses { get; set; }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Every connection there was, oldest first.</summary>
    public IReadOnlyList<ChaosConnection> Connections
    {
        get
        {
            lock (_gate)
            {
                return [.. _connections];
            }
        }
    }

    internal TimeProvider Time { get; }

    /// <summary>Completes when there is such a connection: 0 is the first one.</summary>
    public async Task<ChaosConnection> Connection(int index)
    {
        while (true)
        {
            Task opened;
            lock (_gate)
            {
                if (index < _connections.Count)
                {
                    return _connections[index];
                }

                opened = _opened.Task;
            }

            await opened.Guarded($"connection {index} through the proxy");
        }
    }

    /// <summary>The same address through this proxy.</summary>
    public Uri Through(Uri address) => new UriBuilder(address) { Host = "127.0.0.1", Port = Port }.Uri;

    /// <summary>Ends every open connection cleanly.</summary>
    public void Cut() => ForEachOpen(connection => connection.End(reset: false));

    /// <summary>Ends every open connection with a TCP reset.</summary>
    public void Reset() => ForEachOpen(connection => connection.End(reset: true));

    /// <summary>Nothing passes on the open connections any more, not even their end: as when a cable is pulled. New ones work.</summary>
    public void HalfOpen() => ForEachOpen(connection => connection.Freeze());

    /// <summary>What <see cref="HalfOpen"/> held back goes on.</summary>
    public void Thaw() => ForEachOpen(connection => connection.Thaw());

    /// <summary>Does something to the next piece that passes, on whichever connection and in whichever direction. One at a time.</summary>
    /// <param name="fault">What.</param>
    /// <param name="leastBytes">Pieces smaller than this are let through; at least 2, so that there is a middle.</param>
    /// <returns>Completes with the connection when it has happened.</returns>
    public Task<ChaosConnection> Strike(ChaosFault fault, int leastBytes = 2)
    {
        var strike = new ChaosStrike(fault, Math.Max(2, leastBytes));
        return Interlocked.CompareExchange(ref _strike, strike, null) is null
            ? strike.Done
            : throw new InvalidOperationException("The last fault has not happened yet.");
    }

    /// <summary>Does what the schedule says when it says so, counted from now.</summary>
    public async Task Play(IEnumerable<ChaosEvent> schedule, CancellationToken token)
    {
        var start = Time.GetTimestamp();
        foreach (var happening in schedule.OrderBy(e => e.At))
        {
            var wait = happening.At - Time.GetElapsedTime(start);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, Time, token);
            }

            Do(happening.Kind);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        Cut();
        await _run;
        foreach (var connection in Connections)
        {
            connection.Dispose();
        }

        _stop.Dispose();
    }

    /// <summary>The fault that is meant for a piece of so many bytes, if there is one; it is the only one to get it.</summary>
    internal ChaosStrike? TakeStrike(int bytes) =>
        Volatile.Read(ref _strike) is { } strike
        && bytes >= strike.LeastBytes
        && Interlocked.CompareExchange(ref _strike, null, strike) == strike
            ? strike
            : null;

    /// <summary>A fault that was taken and could not be done is for the next piece again.</summary>
    internal void GiveBack(ChaosStrike strike) => Volatile.Write(ref _strike, strike);

    internal int Chance(int below)
    {
        lock (_chance)
        {
            return _chance.Next(below);
        }
    }

    internal void Corrupt(byte[] bytes, double perMille)
    {
        if (perMille <= 0)
        {
            return;
        }

        lock (_chance)
        {
            for (var i = 0; i < bytes.Length; i++)
            {
                if (_chance.NextDouble() * 1000 < perMille)
                {
                    bytes[i] ^= (byte)(1 << _chance.Next(8));
                }
            }
        }
    }

    private void Do(ChaosKind kind)
    {
        switch (kind)
        {
            case ChaosKind.Cut:
                Cut();
                break;
            case ChaosKind.Reset:
                Reset();
                break;
            case ChaosKind.HalfOpen:
                HalfOpen();
                break;
            case ChaosKind.Thaw:
                Thaw();
                break;
            case ChaosKind.Refuse:
                Refuses = true;
                break;
            case ChaosKind.Accept:
                Refuses = false;
                break;
        }
    }

    private void ForEachOpen(Action<ChaosConnection> action)
    {
        foreach (var connection in Connections.Where(connection => connection.IsOpen))
        {
            action(connection);
        }
    }

    private async Task Accept()
    {
        List<Task> open = [];
        try
        {
            while (true)
            {
                open.Add(Serve(await _listener.AcceptSocketAsync(_stop.Token)));
                open.RemoveAll(task => task.IsCompletedSuccessfully);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // Stopped: the listener says so in one of these ways.
        }

        Cut();
        await Task.WhenAll(open);
    }

    private async Task Serve(Socket client)
    {
        client.NoDelay = true;
        var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (Refuses)
            {
                throw new OperationCanceledException();
            }

            await server.ConnectAsync(_target, _stop.Token);
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            client.LingerState = new LingerOption(enable: true, seconds: 0);
            client.Dispose();
            server.Dispose();
            return;
        }

        var connection = new ChaosConnection(this, client, server);
        lock (_gate)
        {
            _connections.Add(connection);
            _opened.SetResult();
            _opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        if (_stop.IsCancellationRequested)
        {
            connection.End(reset: false);
        }

        await connection.Run();
    }
}
