using System.Net.Sockets;
using AudioRelay.TestKit.Net;

namespace AudioRelay.TestKit.Stations;

/// <summary>A <see cref="ScriptedStation"/> behind real sockets on a free loopback port, paced by a clock.</summary>
public sealed class SocketStation : IAsyncDisposable
{
    private readonly SocketAcceptor _acceptor;
    private readonly TimeProvider _time;

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
        _acceptor = new SocketAcceptor(Serve);
    }

    public ScriptedStation Station { get; }

    public Uri Address => new(_acceptor.Address, "/stream");

    private long NowUs => (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>Makes something happen now.</summary>
    /// <param name="act">Gets the moment, counted from the station's start, for its <c>At</c>.</param>
    public void Now(Func<TimeSpan, StationAct> act) => Station.Do(act(TimeSpan.FromMicroseconds(NowUs - Station.StartUs)));

    public ValueTask DisposeAsync() => _acceptor.DisposeAsync();

    private async Task Serve(Socket socket, CancellationToken stop) => await Play(socket, await RequestHead.Read(socket, stop), stop);

    private async Task Play(Socket socket, RequestHead request, CancellationToken stop)
    {
        var dial = Station.Dial(NowUs, request.WantsMetadata);
        if (dial.IsRefused)
        {
            return;
        }

        await socket.SendAll(dial.Head, stop);
        foreach (var chunk in dial.Chunks)
        {
            var wait = TimeSpan.FromMicroseconds(chunk.AtUs - NowUs);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, _time, stop);
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

            await socket.SendAll(chunk.Bytes, stop);
        }
    }
}
