using System.Net;
using System.Net.Sockets;

namespace AudioRelay.Streams.Sync.Client;

/// <summary>Opens connections to a recorder: within a limit, and none over which the token would travel in the open.</summary>
/// <remarks>
/// The address is looked at where it is connected to, not where it is configured: a name may stand for any address, and for another one
/// tomorrow.
/// </remarks>
internal sealed class RecorderDial(RecorderClientOptions options, TimeProvider time, RecorderDial.Resolver? resolve = null)
{
    /// <summary>Time for finding the address and connecting to it.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly Resolver _resolve = resolve ?? Dns.GetHostAddressesAsync;

    /// <summary>Finds the addresses of a host.</summary>
    public delegate Task<IPAddress[]> Resolver(string host, CancellationToken token);

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken token)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, token);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            var found = await _resolve(context.DnsEndPoint.Host, either.Token);
            await socket.ConnectAsync(Allowed(found), context.DnsEndPoint.Port, either.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (OperationCanceledException error) when (limit.IsCancellationRequested && !token.IsCancellationRequested)
        {
            socket.Dispose();
            throw new RecorderException(
                RecorderFault.Unreachable,
                $"{RecorderFailure.Shown(options.Url)} accepts no connection within {Limit.TotalSeconds:0} s. Is the machine on, and does a firewall let the port through?",
                error
            );
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The addresses the token may go to: a name at home often has a private address beside a public one.</summary>
    private IPAddress[] Allowed(IPAddress[] found)
    {
        if (options.Token is null || options.InsecureRemote || options.Url.Scheme == Uri.UriSchemeHttps)
        {
            return found;
        }

        IPAddress[] safe = [.. found.Where(address => !PublicAddress.Is(address))];
        return safe.Length > 0 || found.Length == 0
            ? safe
            : throw new RecorderException(
                RecorderFault.TokenRefused,
                $"The token is not sent over plain HTTP to {RecorderFailure.Shown(options.Url)}, a public address ({found[0]}): "
                    + "anybody on the way could read it. Use an https address, or set insecure_remote = true if the line is safe."
            );
    }
}
