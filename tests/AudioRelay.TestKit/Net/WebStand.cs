using System.Net;
using System.Net.Sockets;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.TestKit.Net;

/// <summary>An HTTP server on a free loopback port that answers GETs as a test says, as badly as it says, and keeps what it was asked.</summary>
public sealed class WebStand : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly List<WebRequest> _requests = [];
    private readonly Func<WebRequest, WebAnswer> _answer;
    private readonly Task _run;
    private int _connections;

    public WebStand(Func<WebRequest, WebAnswer> answer)
    {
        _answer = answer;
        _listener.Start();
        _run = Accept();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Every request there was, oldest first.</summary>
    public IReadOnlyList<WebRequest> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>How many connections there were.</summary>
    public int Connections => Volatile.Read(ref _connections);

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
                Interlocked.Increment(ref _connections);
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
                while (await AnswerOne(socket))
                {
                    // The connection is used again.
                }
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException or EndOfStreamException)
            {
                // The client went away, or the test is over.
            }
        }
    }

    private async Task<bool> AnswerOne(Socket socket)
    {
        var request = new WebRequest((await RequestHead.Read(socket, _stop.Token)).Text);
        lock (_gate)
        {
            _requests.Add(request);
        }

        var answer = _answer(request);
        for (ReadOnlyMemory<byte> rest = answer.Whole(); !rest.IsEmpty; )
        {
            rest = rest[await socket.SendAsync(rest, _stop.Token)..];
        }

        if (answer.Then is { } then)
        {
            await then(socket, _stop.Token);
        }

        if (answer.Then is null && answer.Promises is null && answer.Raw is null)
        {
            return true;
        }

        socket.Shutdown(SocketShutdown.Send);
        return false;
    }
}
