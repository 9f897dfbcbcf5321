using System.Net;
using System.Net.Sockets;

namespace AudioRelay.TestKit.Stations;

/// <summary>A <see cref="ScriptedStation"/> behind real sockets on a free loopback port, paced by a clock.</summary>
public sealed class SocketStation : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeProvider _time;
    private readonly Task _run;

    /// <param name="script">What the station does, counted from now.</param>
    /// <param name="time">Paces it: usually <see cref="TimeProvider.System"/>.</param>
    public SocketStation(StationScript script, TimeProvider time)
        : this(script, time, TimeSpan.Zero) { }

    /// <param name="script">What the station does.</param>
    /// <param name="time">Paces it.</param>
    /// <param name="onAirFor">How long it has been on the air, so that there is something for a burst. Acts count from its start.</param>
    public SocketStation(StationScript script, TimeProvider time, TimeSpan onAirFor)
    {
        _time = time;
        Station = new ScriptedStation(script, NowUs - (onAirFor.Ticks / TimeSpan.TicksPerMicrosecond));
        _listener.Start();
        _run = Accept();
    }

    public ScriptedStation Station { get; }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/stream");

    private long NowUs => (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>Makes something happen now.</summary>
    /// <param name="act">Gets the moment, counted from the station's start, for its <c>At</c>.</param>
    public void Now(Func<TimeSpan, StationAct> act) => Station.Do(act(TimeSpan.FromMicroseconds(NowUs - Station.StartUs)));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _run;
        _stop.Dispose();
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

        await Task.WhenAll(open);
    }

    private async Task Serve(Socket socket)
    {
        await Task.Yield();
        using (socket)
        {
            socket.NoDelay = true;
            try
            {
                await Play(socket, await RequestHead.Read(socket, _stop.Token));
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException or EndOfStreamException)
            {
                // The listener went away, or the test is over.
            }
        }
    }

    private async Task Play(Socket socket, RequestHead request)
    {
        var dial = Station.Dial(NowUs, request.WantsMetadata);
        if (dial.IsRefused)
        {
            return;
        }

        await socket.SendAsync(dial.Head, _stop.Token);
        foreach (var chunk in dial.Chunks)
        {
            var wait = TimeSpan.FromMicroseconds(chunk.AtUs - NowUs);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, _time, _stop.Token);
            }

            if (chunk.End == StationEnd.Reset)
            {
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
                return;
            }

            if (chunk.End == StationEnd.Closed)
            {
                socket.Shutdown(SocketShutdown.Send);
                return;
            }

            for (var rest = chunk.Bytes; !rest.IsEmpty; )
            {
                rest = rest[await socket.SendAsync(rest, _stop.Token)..];
            }
        }
    }
}
