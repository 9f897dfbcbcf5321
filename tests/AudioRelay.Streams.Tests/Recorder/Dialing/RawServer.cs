using System.Net.Sockets;
using System.Text;
using AudioRelay.TestKit.Net;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.Streams.Tests.Recorder.Dialing;

/// <summary>Answers each connection on a free port with the exact bytes that the test chose for the requested path.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly SocketAcceptor _acceptor;
    private readonly Dictionary<string, string> _answers;

    public RawServer(Dictionary<string, string> answers)
    {
        _answers = answers;
        _acceptor = new SocketAcceptor(Serve);
    }

    public List<string> Requests { get; } = [];

    public Uri Address(string path) => new(_acceptor.Address, path);

    public ValueTask DisposeAsync() => _acceptor.DisposeAsync();

    private async Task Serve(Socket socket, CancellationToken stop)
    {
        var request = (await RequestHead.Read(socket, stop)).Text;
        lock (Requests)
        {
            Requests.Add(request);
        }

        await socket.SendAll(Encoding.Latin1.GetBytes(_answers[request.Split(' ')[1]]), stop);
        socket.Shutdown(SocketShutdown.Send);
    }
}
