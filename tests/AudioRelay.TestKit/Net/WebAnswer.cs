using System.Net.Sockets;
using System.Text;

namespace AudioRelay.TestKit.Net;

/// <summary>What a <see cref="WebStand"/> answers.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Type">The content type; null for none.</param>
/// <param name="Body">The body.</param>
public sealed record WebAnswer(int Status, string? Type, byte[] Body)
{
    /// <summary>More header lines.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>The length that is promised; null for the body's.</summary>
    public long? Promises { get; init; }

    /// <summary>What is sent after the body, before the connection is closed; null to keep it for the next request.</summary>
    public Func<Socket, CancellationToken, Task>? Then { get; init; }

    /// <summary>Sent as it is, instead of an HTTP answer.</summary>
    public byte[]? Raw { get; init; }

    public static WebAnswer Json(string json, int status = 200) => new(status, "application/json", Encoding.UTF8.GetBytes(json));

    public static WebAnswer Text(string text, int status = 200, string type = "text/plain; charset=utf-8") =>
        new(status, type, Encoding.UTF8.GetBytes(text));

    public static WebAnswer Bytes(byte[] body, string? type) => new(200, type, body);

    /// <summary>Nothing more comes, and the connection stays.</summary>
    public static Task Silence(Socket socket, CancellationToken token) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);

    internal byte[] Whole()
    {
        if (Raw is not null)
        {
            return Raw;
        }

        var head = new StringBuilder($"HTTP/1.1 {Status} Status\r\n");
        if (Type is not null)
        {
            head.Append($"content-type: {Type}\r\n");
        }

        if (Then is null || Promises is not null)
        {
            head.Append($"content-length: {Promises ?? Body.Length}\r\n");
        }

        if (Then is not null || Promises is not null)
        {
            head.Append("connection: close\r\n");
        }

        foreach (var header in Headers)
        {
            head.Append(header).Append("\r\n");
        }

        return [.. Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), .. Body];
    }
}
