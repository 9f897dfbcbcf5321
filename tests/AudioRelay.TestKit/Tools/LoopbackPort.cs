using System.Net;
using System.Net.Sockets;

namespace AudioRelay.TestKit.Tools;

/// <summary>Ports for programs that cannot take any free one by themselves.</summary>
public static class LoopbackPort
{
    private const int Attempts = 5;

    /// <summary>Starts a program on a free port; when somebody else has taken that before the program did, on another one.</summary>
    /// <param name="start">Starts it and throws <see cref="ToolException"/> when it ends instead of answering.</param>
    /// <param name="undo">Tidies up after a start that failed.</param>
    public static async Task StartOn(Func<int, Task> start, Func<Task> undo)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await start(Free());
                return;
            }
            catch (ToolException) when (attempt < Attempts)
            {
                await undo();
            }
        }
    }

    /// <summary>A port that is free now.</summary>
    public static int Free()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
