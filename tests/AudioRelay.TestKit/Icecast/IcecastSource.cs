using System.Net.Sockets;
using System.Text;
using AudioRelay.TestKit.Stations;
using AudioRelay.TestKit.Time;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.TestKit.Icecast;

/// <summary>A source of an <see cref="IcecastServer"/>'s mount: a connection that sound is written to. Disposing it hangs up.</summary>
public sealed class IcecastSource : IAsyncDisposable
{
    internal static readonly string Authorization =
        "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes($"source:{IcecastServer.Password}"));

    private readonly TcpClient _connection;

    private IcecastSource(TcpClient connection) => _connection = connection;

    /// <summary>Frames that <see cref="Play"/> has sent.</summary>
    public long FramesSent { get; private set; }

    /// <summary>Sends bytes as they are.</summary>
    public Task Send(ReadOnlyMemory<byte> bytes, CancellationToken token = default) =>
        _connection.GetStream().WriteAsync(bytes, token).AsTask();

    /// <summary>Sends frames at their own pace, each when its last sample would be there.</summary>
    /// <param name="source">Where they are from; goes on where the last call stopped.</param>
    /// <param name="time">Paces it.</param>
    /// <param name="token">Ends it without an exception.</param>
    /// <param name="frames">How many; endless if not given.</param>
    public async Task Play(IFrameSource source, TimeProvider time, CancellationToken token, long frames = long.MaxValue)
    {
        var start = time.GetTimestamp();
        var format = source.Format;
        try
        {
            for (long i = 0; i < frames; i++)
            {
                var due = TimeSpan.FromSeconds((double)(i + 1) * format.SamplesPerFrame / format.SampleRate);
                var wait = due - time.GetElapsedTime(start);
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, time, token);
                }

                await Send(source.FrameAt(FramesSent), token);
                FramesSent++;
            }
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // Asked to.
        }
    }

    public ValueTask DisposeAsync()
    {
        _connection.Dispose();
        return ValueTask.CompletedTask;
    }

    internal static async Task<IcecastSource> Connect(int port, string mount, string contentType, IReadOnlyList<string> headers)
    {
        var connection = new TcpClient { NoDelay = true };
        try
        {
            await connection.ConnectAsync("127.0.0.1", port);
            var stream = connection.GetStream();
            string[] lines =
            [
                $"PUT {mount} HTTP/1.1",
                $"Host: 127.0.0.1:{port}",
                $"Authorization: {Authorization}",
                $"Content-Type: {contentType}",
                "Expect: 100-continue",
                .. headers,
                "",
                "",
            ];
            await stream.WriteAsync(Encoding.Latin1.GetBytes(string.Join("\r\n", lines)));
            var answer = await ReadAnswer(stream).Guarded($"Icecast to accept the source for {mount}");
            return answer.Contains(" 100 ", StringComparison.Ordinal) || answer.Contains(" 200 ", StringComparison.Ordinal)
                ? new IcecastSource(connection)
                : throw new ToolException($"Icecast refused the source for {mount}: {answer}");
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static async Task<string> ReadAnswer(NetworkStream stream)
    {
        var answer = new List<byte>();
        var one = new byte[1];
        while (!RequestHead.IsWhole(answer.ToArray()) && await stream.ReadAsync(one) > 0)
        {
            answer.Add(one[0]);
        }

        return Encoding.Latin1.GetString([.. answer]).Trim();
    }
}
