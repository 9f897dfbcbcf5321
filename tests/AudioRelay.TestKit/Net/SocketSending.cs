using System.Net.Sockets;

namespace AudioRelay.TestKit.Net;

/// <summary>Sending to the end: a socket may take less than it is given.</summary>
public static class SocketSending
{
    /// <summary>Sends all of it.</summary>
    public static async Task SendAll(this Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken token)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await socket.SendAsync(bytes, token)..];
        }
    }
}
