using System.Net;
using Microsoft.AspNetCore.Connections;

namespace AudioRelay.Http.Security.Limits;

/// <summary>No address may hold more than its share of the connections; a further one is closed at once. Trusted proxies bring many people and are let be.</summary>
internal sealed class AddressCap(int most, IReadOnlyList<IPNetwork> proxies)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _held = [];

    /// <summary>Stands in front of what serves a connection.</summary>
    public ConnectionDelegate Guard(ConnectionDelegate next) =>
        async connection =>
        {
            if (Address(connection) is not { } address || proxies.Any(proxy => proxy.Contains(address)))
            {
                await next(connection);
                return;
            }

            if (!Enter(address))
            {
                connection.Abort(new ConnectionAbortedException("this address has too many connections"));
                return;
            }

            try
            {
                await next(connection);
            }
            finally
            {
                Leave(address);
            }
        };

    private static IPAddress? Address(ConnectionContext connection) =>
        (connection.RemoteEndPoint as IPEndPoint)?.Address is { IsIPv4MappedToIPv6: true } mapped
            ? mapped.MapToIPv4()
            : (connection.RemoteEndPoint as IPEndPoint)?.Address;

    private bool Enter(IPAddress address)
    {
        lock (_gate)
        {
            var held = _held.GetValueOrDefault(address);
            if (held >= most)
            {
                return false;
            }

            _held[address] = held + 1;
            return true;
        }
    }

    private void Leave(IPAddress address)
    {
        lock (_gate)
        {
            if (--_held[address] == 0)
            {
                _held.Remove(address);
            }
        }
    }
}
