using System.Net.Sockets;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.TestKit.Net;

/// <summary>An HTTP server on a free loopback port that answers GETs as a test says, as badly as it says, and keeps what it was asked.</summary>
public sealed class WebStand : IAsyncDisposable
{
    private readonly SocketAcceptor _acceptor;
    private readonly Lock _gate = new();
    private readonly List<WebRequest> _requests = [];
    private readonly Func<WebRequest, WebAnswer> _answer;

    public WebStand(Func<WebRequest, WebAnswer> answer)
    {
        _answer = answer;
        _acceptor = new SocketAcceptor(Serve);
    }

    public Uri Address => _acceptor.Address;

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
    public int Connections => _acceptor.Accepted;

    public ValueTask DisposeAsync() => _acceptor.DisposeAsync();

    private async Task Serve(Socket socket, CancellationToken stop)
    {
        while (await AnswerOne(socket, stop))
        {
            // The connection is used again.
        }
    }

    private async Task<bool> AnswerOne(Socket socket, CancellationToken stop)
    {
        var request = new WebRequest((await RequestHead.Read(socket, stop)).Text);
        lock (_gate)
        {
            _requests.Add(request);
        }

        var answer = _answer(request);
        await socket.SendAll(answer.Whole(), stop);
        if (answer.Then is { } then)
        {
            await then(socket, stop);
        }

        if (answer.Then is null && answer.Promises is null && answer.Raw is null)
        {
            return true;
        }

        socket.Shutdown(SocketShutdown.Send);
        return false;
    }
}
