using System.Net;
using System.Net.Sockets;

namespace AudioRelay.Streams.Recorder.Dialing;

/// <summary>Whether an address is of this machine, of its network or of nobody: where strangers must not send us.</summary>
/// <remarks>The registries: RFC 6890 and its updates for IPv4 and IPv6; a cloud's metadata service is link-local.</remarks>
internal static class InnerAddress
{
    private static readonly IPNetwork[] Inner = Networks(
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.168.0.0/16",
        "198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4",
        // Tunnels of Teredo carry an address that cannot be told from outside; 64:ff9b:1::/48 is a translator of this network.
        "64:ff9b:1::/48 100::/64 2001::/32 2001:db8::/32 fc00::/7 fe80::/10 fec0::/10 ff00::/8"
    );

    private static readonly IPNetwork Compatible = IPNetwork.Parse("::/96");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    /// <summary>True for loopback, private, link-local, multicast and reserved addresses, also when IPv6 wraps them.</summary>
    public static bool Is(IPAddress address)
    {
        var plain = Unwrapped(address);
        return Array.Exists(Inner, network => network.Contains(plain));
    }

    private static IPNetwork[] Networks(params string[] lists) =>
        [.. lists.SelectMany(list => list.Split(' ')).Select(network => IPNetwork.Parse(network))];

    private static IPAddress Unwrapped(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        var plain = new IPAddress(bytes); // without the number of a network card
        return plain.IsIPv4MappedToIPv6 || Compatible.Contains(plain) || Nat64.Contains(plain) ? new IPAddress(bytes.AsSpan(12))
            : SixToFour.Contains(plain) ? new IPAddress(bytes.AsSpan(2, 4))
            : plain;
    }
}
