using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AudioRelay.Streams.Tests.Recorder.Dialing;

/// <summary>Answers each connection on a free port with the exact bytes that the test chose for the requested path.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<string, string> _answers;
    private readonly Task _run;

    public RawServer(Dictionary<string, string> answers)
    {
        _answers = answers;
        _listener.Start();
        _run = Run();
    }

    public List<string> Requests { get; } = [];

    public Uri Address(string path) => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}{path}");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _run;
        _stop.Dispose();
    }

    private async Task Run()
    {
        List<Task> open = [];
        try
        {
            while (true)
            {
                open.Add(Serve(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException) { }

        await Task.WhenAll(open);
    }

    private async Task Serve(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var request = new StringBuilder();
                var buffer = new byte[4096];
                while (!request.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
                {
                    var count = await stream.ReadAsync(buffer, _stop.Token);
                    if (count == 0)
                    {
                        return;
                    }

                    request.Append(Encoding.ASCII.GetString(buffer, 0, count));
                }

                lock (Requests)
                {
                    Requests.Add(request.ToString());
                }

                var path = request.ToString().Split(' ')[1];
                await stream.WriteAsync(Encoding.Latin1.GetBytes(_answers[path]), _stop.Token);
            }
            catch (Exception error) when (error is OperationCanceledException or IOException) { }
        }
    }
}
