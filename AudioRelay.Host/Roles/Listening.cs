using AudioRelay.Host.Config;
using AudioRelay.Host.Config.Credentials;
using AudioRelay.Http;
using AudioRelay.Http.Security;

namespace AudioRelay.Host.Roles;

/// <summary>From what the configuration says of listening to what the server needs.</summary>
internal static class Listening
{
    /// <summary>Where a role with a data directory keeps the keys of its cookies and links.</summary>
    public static string KeyFolder(string dataDirectory) => Path.Combine(dataDirectory, "keys");

    public static RelayServerOptions Options(ListenConfig listen, IReadOnlyList<AccessToken> tokens, int maxConnections = 4000) =>
        new()
        {
            Addresses = listen.Addresses,
            Port = listen.Port,
            Tokens = [.. tokens.Select(t => new TokenGrant(t.Value.Reveal(), t.Scopes, t.Profile))],
            AllowedHosts = listen.AllowedHosts,
            TrustedProxies = listen.TrustedProxies,
            Anonymous = listen.AllowAnonymous,
            TlsCertificate = listen.TlsCertificate,
            TlsKey = listen.TlsKey,
            MaxConnections = maxConnections,
        };
}
