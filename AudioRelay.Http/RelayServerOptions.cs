using System.Net;
using AudioRelay.Http.Security;

namespace AudioRelay.Http;

/// <summary>Where a role answers HTTP, and whom.</summary>
public sealed record RelayServerOptions
{
    /// <summary>Addresses to listen on. One that this machine does not have (IPv6 loopback without IPv6) is left out if another remains.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; init; } = [IPAddress.Loopback, IPAddress.IPv6Loopback];

    /// <summary>The port; 0 takes any free one, on the first address only.</summary>
    public required int Port { get; init; }

    /// <summary>Whoever knows one of these is let in, to what it opens; empty lets in everybody, except to the admin routes.</summary>
    public IReadOnlyList<TokenGrant> Tokens { get; init; } = [];

    /// <summary>Names under which this server is asked, beside localhost, the machine's name and addresses.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Proxies whose forwarding headers are believed; from anybody else they are refused.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>Anybody may listen, so shared caches may keep sound.</summary>
    public bool Anonymous { get; init; }

    /// <summary>Certificate chain as a PEM file; null for plain HTTP.</summary>
    public string? TlsCertificate { get; init; }

    /// <summary>Its private key as a PEM file.</summary>
    public string? TlsKey { get; init; }

    /// <summary>Where the keys are kept that sign cookies and links; null: nowhere, and both end with the process.</summary>
    public string? KeyFolder { get; init; }

    /// <summary>Most connections at once; further ones are refused.</summary>
    public int MaxConnections { get; init; } = 4000;

    /// <summary>Most connections of one address, so that nobody takes them all. Trusted proxies may have any number.</summary>
    public int MaxConnectionsPerAddress { get; init; } = 500;

    /// <summary>A folder with a built web UI to serve instead of the one inside; null for the one inside.</summary>
    public string? UiFolder { get; init; }

    /// <inheritdoc cref="PlaybackOptions.SegmentCacheBytes"/>
    public long SegmentCacheBytes { get; init; } = new PlaybackOptions().SegmentCacheBytes;
}
