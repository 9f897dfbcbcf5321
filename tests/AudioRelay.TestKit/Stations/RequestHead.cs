using System.Net.Sockets;
using System.Text;

namespace AudioRelay.TestKit.Stations;

/// <summary>The head of a listener's request.</summary>
/// <param name="Text">Its request line and headers, to the empty line.</param>
public sealed record RequestHead(string Text)
{
    private const int MostBytes = 64 * 1024;

    /// <summary>Whether it asks for titles in between.</summary>
    public bool WantsMetadata => Text.Contains("\r\nIcy-MetaData: 1\r\n", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the end of the head is among the bytes.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> bytes) => bytes.IndexOf("\r\n\r\n"u8) >= 0;

    /// <summary>The head as it came.</summary>
    public static RequestHead Parse(ReadOnlySpan<byte> bytes) => new(Encoding.Latin1.GetString(bytes));

    /// <summary>Reads one from a connection.</summary>
    /// <exception cref="EndOfStreamException">The listener left in the middle of it.</exception>
    public static async Task<RequestHead> Read(Socket socket, CancellationToken token)
    {
        var buffer = new byte[MostBytes];
        var length = 0;
        while (!IsWhole(buffer.AsSpan(0, length)))
        {
            var count = await socket.ReceiveAsync(buffer.AsMemory(length), token);
            if (count == 0)
            {
                throw new EndOfStreamException("The listener left before its request was whole.");
            }

            length += count;
        }

        return Parse(buffer.AsSpan(0, length));
    }
}
