using System.Security.Cryptography;
using System.Text;

namespace AudioRelay.Http.Security;

/// <summary>A token that is known, and what it opens. The token itself is not kept, only its hash.</summary>
public sealed class TokenGrant
{
    /// <param name="token">The token itself.</param>
    /// <param name="scopes">What it opens.</param>
    /// <param name="name">What people call it: its profile.</param>
    public TokenGrant(string token, AccessScopes scopes, string name = "token") => (Hash, Scopes, Name) = (HashOf(token), scopes, name);

    /// <summary>What it opens.</summary>
    public AccessScopes Scopes { get; }

    /// <summary>What people call it: its profile.</summary>
    public string Name { get; }

    /// <summary>SHA-256 of the token.</summary>
    internal byte[] Hash { get; }

    /// <summary>Names the token in cookies and links: the hash of its hash, so that it helps nobody to guess.</summary>
    internal byte[] Fingerprint => field ??= SHA256.HashData(Hash)[..TokenBook.FingerprintLength];

    /// <summary>SHA-256 of a token, as it is kept and compared.</summary>
    internal static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <inheritdoc />
    public override string ToString() => $"the token '{Name}' for {Scopes}";
}
