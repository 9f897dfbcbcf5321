using System.Security.Cryptography;

namespace AudioRelay.Http.Security;

/// <summary>The tokens that are known, by their hashes, and when each was last used.</summary>
/// <remarks>Hashes are compared in constant time and all of them each time, so neither a memory dump nor a stopwatch tells a token.</remarks>
internal sealed class TokenBook(IReadOnlyList<TokenGrant> grants, TimeProvider time)
{
    private readonly long[] _lastUsedUs = new long[grants.Count];

    /// <summary>No token is configured: whoever reaches the port is let in, to all but the admin routes.</summary>
    public bool OpenToEverybody => grants.Count == 0;

    /// <summary>The tokens, each with when it was last used (UTC µs); null for not since the start.</summary>
    public IReadOnlyList<(TokenGrant Grant, long? LastUsedUs)> Uses =>
        [.. grants.Select((grant, i) => (grant, Volatile.Read(ref _lastUsedUs[i]) is > 0 and var us ? us : (long?)null))];

    /// <summary>Who offers this token; null for one that is not known. Counts as a use.</summary>
    public TokenGrant? Find(string token) => FindHash(TokenGrant.HashOf(token));

    /// <summary>Whose token has this hash, or a hash that begins so; null for nobody's. Counts as a use.</summary>
    public TokenGrant? FindHash(ReadOnlySpan<byte> hash)
    {
        TokenGrant? found = null;
        for (var i = 0; i < grants.Count; i++)
        {
            if (CryptographicOperations.FixedTimeEquals(grants[i].Hash.AsSpan(0, hash.Length), hash))
            {
                found = grants[i];
                Volatile.Write(ref _lastUsedUs[i], time.GetUtcNow().ToUnixTimeMilliseconds() * 1000);
            }
        }

        return found;
    }
}
