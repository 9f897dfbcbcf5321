using System.Net.Sockets;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Media.Tests.TestKit;

internal static class SocketReads
{
    public static async Task<byte[]> Read(this Socket socket, int count)
    {
        var bytes = new byte[count];
        for (var filled = 0; filled < count; )
        {
            var got = await socket
                .ReceiveAsync(bytes.AsMemory(filled), TestContext.Current.CancellationToken)
                .AsTask()
                .Guarded($"{count} bytes");
            filled += got > 0 ? got : throw new EndOfStreamException($"The line ended after {filled} of {count} bytes.");
        }

        return bytes;
    }

    /// <summary>Reads to the end, which may also be a reset.</summary>
    public static async Task<bool> IsOver(this Socket socket)
    {
        try
        {
            return await socket.ReceiveAsync(new byte[1], TestContext.Current.CancellationToken).AsTask().Guarded("the end") == 0;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
