using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace AudioRelay.Benchmarks.Playback;

/// <summary>A listener that keeps its connection and costs as little as possible itself: it looks at the status and counts the body.</summary>
internal sealed class KeepAliveClient : IDisposable
{
    private readonly Socket _socket;
    private readonly string _host;
    private readonly byte[] _buffer = new byte[256 * 1024];

    private KeepAliveClient(Socket socket, string host) => (_socket, _host) = (socket, host);

    public static async Task<KeepAliveClient> Connect(Uri server)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server.Host, server.Port);
        return new KeepAliveClient(socket, server.Authority);
    }

    /// <summary>Fetches a path and gives the length of what came.</summary>
    public async ValueTask<int> Get(string path, string encoding = "identity")
    {
        await _socket.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {_host}\r\nAccept-Encoding: {encoding}\r\n\r\n"));
        var filled = 0;
        var head = -1;
        while (head < 0)
        {
            filled += await Receive(_buffer.AsMemory(filled));
            head = _buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
        }

        var length = Length(_buffer.AsSpan(0, head + 2), path);
        for (var left = length - (filled - head - 4); left > 0; )
        {
            left -= await Receive(_buffer.AsMemory(0, Math.Min(left, _buffer.Length)));
        }

        return length;
    }

    public void Dispose() => _socket.Dispose();

    private static int Length(ReadOnlySpan<byte> head, string path)
    {
        var name = "Content-Length: "u8;
        var at = head.IndexOf(name);
        return head.StartsWith("HTTP/1.1 200 "u8) && at >= 0 && Utf8Parser.TryParse(head[(at + name.Length)..], out int length, out _)
            ? length
            : throw new InvalidOperationException($"{path} was answered with {Encoding.ASCII.GetString(head)}");
    }

    private async ValueTask<int> Receive(Memory<byte> into)
    {
        var count = await _socket.ReceiveAsync(into);
        return count > 0 ? count : throw new IOException("The server closed a connection that was to be kept.");
    }
}
