using System.Net;
using System.Net.Sockets;

namespace AudioRelay.Host.Doctor;

/// <summary>A port: is it free.</summary>
internal static class PortFinding
{
    public static Finding Of(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return new Finding(FindingState.Ok, $"port {port}", "free");
        }
        catch (SocketException taken)
        {
            return taken.SocketErrorCode == SocketError.AddressAlreadyInUse
                ? new Finding(FindingState.Note, $"port {port}", "in use, perhaps by a running audiorelay; -p PORT takes another")
                : new Finding(FindingState.Note, $"port {port}", $"cannot be listened on: {taken.Message}; -p PORT takes another");
        }
    }
}
