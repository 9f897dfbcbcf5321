using System.Net;
using System.Net.Sockets;

namespace AudioRelay.Streams.Recorder.Dialing;

/// <summary>Opens connections to stations, and none to this machine or its network because a station out there sends us to them.</summary>
/// <remarks>
/// The address of the configuration file may be any. Where a redirect or a playlist leads is looked at where it is connected to: a name
/// may stand for any address, and for another one a moment later.
/// </remarks>
internal sealed class StationDial(StationDial.Resolver resolve, StationDial.Opener open)
{
    /// <summary>Where a dial has been; each of its requests carries it.</summary>
    public static readonly HttpRequestOptionsKey<DialTrail> Trail = new("audiorelay.trail");

    public StationDial()
        : this(Dns.GetHostAddressesAsync, Open) { }

    /// <summary>Finds the addresses of a host.</summary>
    public delegate Task<IPAddress[]> Resolver(string host, CancellationToken token);

    /// <summary>Connects to the first of the addresses that answers, and says which it was.</summary>
    public delegate Task<(Stream Stream, IPAddress Address)> Opener(IPAddress[] addresses, int port, CancellationToken token);

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken token)
    {
        var found = await resolve(context.DnsEndPoint.Host, token);
        context.InitialRequestMessage.Options.TryGetValue(Trail, out var trail);
        IPAddress[] allowed = trail?.IsOutside == true ? [.. found.Where(address => !InnerAddress.Is(address))] : found;
        if (allowed.Length == 0 && found.Length > 0)
        {
            throw new DialException(
                DialFault.WrongContent,
                $"the station sends us to {context.DnsEndPoint.Host}, which is {found[0]}, an address of this machine's own network; "
                    + "if that is meant, give that address in the configuration"
            );
        }

        var (stream, address) = await open(allowed, context.DnsEndPoint.Port, token);
        trail?.Reached(address);
        return stream;
    }

    private static async Task<(Stream Stream, IPAddress Address)> Open(IPAddress[] addresses, int port, CancellationToken token)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, token);
            return (new NetworkStream(socket, ownsSocket: true), ((IPEndPoint)socket.RemoteEndPoint!).Address);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
