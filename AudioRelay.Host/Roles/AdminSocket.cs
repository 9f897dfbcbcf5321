using System.Net.Sockets;
using System.Text;

namespace AudioRelay.Host.Roles;

/// <summary>
/// The Unix socket by which <c>audiorelay actors</c> reaches a running program: <c>&lt;data_dir&gt;/run/&lt;role&gt;-&lt;pid&gt;.sock</c>. Its folder is
/// open to its owner only, which is what lets it do without a token.
/// </summary>
internal static class AdminSocket
{
    /// <summary>A socket's path may have no more bytes than this, on the strictest system (macOS).</summary>
    private const int MostBytes = 103;

    public static string Folder(string dataDirectory) => Path.Combine(dataDirectory, "run");

    /// <summary>Makes the folder, removes what programs that are gone left there, and tells where this one's socket shall be.</summary>
    /// <returns>Null where there can be none, because the path is too long or the system has no such sockets.</returns>
    public static string? Prepare(string dataDirectory, string role)
    {
        var folder = Folder(dataDirectory);
        var path = Path.Combine(folder, $"{role}-{Environment.ProcessId}.sock");
        if (!Socket.OSSupportsUnixDomainSockets || Encoding.UTF8.GetByteCount(path) > MostBytes)
        {
            return null;
        }
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            Directory.CreateDirectory(folder, OwnerOnly);
            File.SetUnixFileMode(folder, OwnerOnly); // it may have been there before, with other rights
        }
        foreach (var old in Directory.EnumerateFiles(folder, "*.sock").Where(old => old == path || !Answers(old)))
        {
            File.Delete(old);
        }
        return path;
    }

    /// <summary>The sockets behind which a program listens.</summary>
    public static IReadOnlyList<string> Live(string dataDirectory) =>
        Directory.Exists(Folder(dataDirectory))
            ? [.. Directory.EnumerateFiles(Folder(dataDirectory), "*.sock").Where(Answers).Order(StringComparer.Ordinal)]
            : [];

    private static bool Answers(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
