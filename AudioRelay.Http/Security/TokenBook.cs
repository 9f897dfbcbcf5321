using System.Security.Cryptography;

namespace AudioRelay.Http.Security;

/// <summary>The tokens that are known, by their hashes, and when each was last used.</summary>
/// <remarks>Hashes are compared in constant time and all of them each time, so neither a memory dump nor a stopwatch tells a token.</remarks>
internal sealed class TokenBook(IReadOnlyList<TokenGrant> grants, TimeProvider time)
{
    /// <summary>Bytes of a <see cref="TokenGrant.Fingerprint"/>.</summary>
    public const int FingerprintLength = 16;

    private readonly long[] _lastUsedUs = new long[grants.Count];

    /// <summary>No token is configured: whoever reaches the port is let in, to all but the admin routes.</summary>
    public bool OpenToEverybody => grants.Count == 0;

    /// <summary>The tokens, each with when it was last used (UTC µs); null for not since the start.</summary>
    public IReadOnlyList<(TokenGrant Grant, long? LastUsedUs)> Uses =>
        [.. grants.Select((grant, i) => (grant, Volatile.Read(ref _lastUsedUs[i]) is > 0 and var us ? us : (long?)null))];

    /// <summary>Who offers this token; null for one that is not known. Counts as a use.</summary>
    public TokenGrant? Find(string token) => FindBy(TokenGrant.HashOf(token), grant => grant.Hash);

    /// <summary>Whose token a cookie or link names; null for nobody's. Counts as a use.</summary>
    public TokenGrant? FindFingerprint(ReadOnlySpan<byte> fingerprint) => FindBy(fingerprint, grant => grant.Fingerprint);

    private TokenGrant? FindBy(ReadOnlySpan<byte> wanted, Func<TokenGrant, byte[]> of)
    {
        TokenGrant? found = null;
        for (var i = 0; i < grants.Count; i++)
        {
            if (CryptographicOperations.FixedTimeEquals(of(grants[i]), wanted))
            {
                found = grants[i];
                Volatile.Write(ref _lastUsedUs[i], time.GetUtcNow().ToUnixTimeMilliseconds() * 1000);
            }
        }

        return found;
    }
}
