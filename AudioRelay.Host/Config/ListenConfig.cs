using System.Net;

namespace AudioRelay.Host.Config;

/// <summary>Where a role answers HTTP, and whom.</summary>
internal sealed record ListenConfig
{
    /// <summary>Addresses; loopback unless something else was asked for.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; init; } = [IPAddress.Loopback, IPAddress.IPv6Loopback];

    /// <summary>The port; 0 takes any free one and says which.</summary>
    public required int Port { get; init; }

    /// <summary>Profiles of the tokens that open it; none: only loopback, or <see cref="AllowAnonymous"/>.</summary>
    public IReadOnlyList<string> TokenProfiles { get; init; } = [];

    /// <summary>Anyone who reaches the port may listen and sync.</summary>
    public bool AllowAnonymous { get; init; }

    /// <summary>Names under which this server is reached, beside localhost and its addresses: others in a Host header are refused.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Proxies whose forwarding headers are believed.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>Certificate chain, PEM; null: plain HTTP.</summary>
    public string? TlsCertificate { get; init; }

    /// <summary>Its private key, PEM.</summary>
    public string? TlsKey { get; init; }

    /// <summary>True when every address is this machine's own.</summary>
    public bool OnlyLoopback => Addresses.All(IPAddress.IsLoopback);

    /// <summary>http or https.</summary>
    public string Scheme => TlsCertificate is null ? "http" : "https";
}
