using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AudioRelay.Host.Demo;

/// <summary>A small Icecast-like station on loopback: a burst of the last seconds, then real time, with titles for who asks.</summary>
internal sealed class DemoStation : IAsyncDisposable
{
    private const int MetaInterval = 16_000;
    private const int MostListeners = 16;
    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly DemoProgramme _programme;
    private readonly TimeProvider _time;
    private readonly long _startedAt;
    private readonly Task _run;

    /// <summary>Starts the station.</summary>
    public DemoStation(DemoProgramme programme, TimeProvider time)
    {
        _programme = programme;
        _time = time;
        _startedAt = time.GetTimestamp();
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/demo.aac");
        _run = Accept();
    }

    /// <summary>Where it can be heard.</summary>
    public Uri Address { get; }

    /// <summary>Hangs up on every listener and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _run;
        _listener.Dispose();
        _stop.Dispose();
    }

    private static long FrameAt(TimeSpan elapsed) => (long)(elapsed.TotalSeconds * DemoSound.SampleRate / DemoProgramme.FrameSamples);

    private async Task Accept()
    {
        List<Task> listeners = [];
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                listeners.RemoveAll(l => l.IsCompleted);
                if (listeners.Count >= MostListeners)
                {
                    client.Dispose();
                    continue;
                }

                listeners.Add(Serve(client));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }

        await Task.WhenAll(listeners);
    }

    private async Task Serve(TcpClient client)
    {
        using (client)
        {
            try
            {
                client.NoDelay = true;
                var stream = client.GetStream();
                var wantsTitles = (await ReadRequest(stream)).Contains("icy-metadata: 1", StringComparison.OrdinalIgnoreCase);
                await stream.WriteAsync(Encoding.ASCII.GetBytes(Head(wantsTitles)), _stop.Token);
                await Play(new DemoListener(stream, wantsTitles ? MetaInterval : 0));
            }
            catch (Exception error) when (error is OperationCanceledException or IOException)
            {
                // The listener hung up, or we are stopping: a station takes no notice.
            }
        }
    }

    private async Task Play(DemoListener listener)
    {
        // Before the station's own beginning there was the end of the programme, so the very first burst is full too.
        var offset = _programme.Frames.Count;
        var next = offset + FrameAt(_time.GetElapsedTime(_startedAt) - Burst);
        while (true)
        {
            var until = offset + FrameAt(_time.GetElapsedTime(_startedAt));
            for (; next < until; next++)
            {
                listener.Add(_programme.Frames[(int)(next % _programme.Frames.Count)], _programme.TitleAt(next));
            }

            await listener.Send(_stop.Token);
            await Task.Delay(Pace, _time, _stop.Token);
        }
    }

    private async Task<string> ReadRequest(NetworkStream stream)
    {
        var buffer = new byte[8192];
        var length = 0;
        while (length < buffer.Length)
        {
            var count = await stream.ReadAsync(buffer.AsMemory(length), _stop.Token);
            length += count;
            var text = Encoding.ASCII.GetString(buffer, 0, length);
            if (count == 0 || text.Contains("\r\n\r\n", StringComparison.Ordinal))
            {
                return text;
            }
        }

        throw new IOException("The request is too long.");
    }

    private string Head(bool wantsTitles) =>
        "HTTP/1.0 200 OK\r\nContent-Type: audio/aac\r\nicy-name:AudioRelay demo station\r\nicy-br:96\r\nCache-Control: no-cache\r\n"
        + $"Date: {_time.GetUtcNow():R}\r\n"
        + (wantsTitles ? $"icy-metaint:{MetaInterval}\r\n" : "")
        + "\r\n";
}
