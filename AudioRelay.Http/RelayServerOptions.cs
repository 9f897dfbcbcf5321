using System.Net;

namespace AudioRelay.Http;

/// <summary>Where a role answers HTTP, and whom.</summary>
public sealed record RelayServerOptions
{
    /// <summary>Addresses to listen on. One that this machine does not have (IPv6 loopback without IPv6) is left out if another remains.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; init; } = [IPAddress.Loopback, IPAddress.IPv6Loopback];

    /// <summary>The port; 0 takes any free one, on the first address only.</summary>
    public required int Port { get; init; }

    /// <summary>Whoever knows one of these is let in; empty lets in everybody.</summary>
    public IReadOnlyList<string> Tokens { get; init; } = [];

    /// <summary>Those of them that open the admin routes too; without any, those routes are on the control socket only.</summary>
    public IReadOnlyList<string> AdminTokens { get; init; } = [];

    /// <summary>Anybody may listen, so shared caches may keep sound.</summary>
    public bool Anonymous { get; init; }

    /// <summary>Certificate chain as a PEM file; null for plain HTTP.</summary>
    public string? TlsCertificate { get; init; }

    /// <summary>Its private key as a PEM file.</summary>
    public string? TlsKey { get; init; }

    /// <summary>Most connections at once; further ones are refused.</summary>
    public int MaxConnections { get; init; } = 1000;

    /// <summary>A folder with a built web UI to serve instead of the one inside; null for the one inside.</summary>
    public string? UiFolder { get; init; }
}
