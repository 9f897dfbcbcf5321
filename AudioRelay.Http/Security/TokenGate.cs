using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace AudioRelay.Http.Security;

/// <summary>Lets in who knows a token for what is asked; without tokens, everybody who reaches the port (which is then loopback, or meant to be open).</summary>
/// <remarks>
/// A token comes as <c>Authorization: Bearer</c>, or as the password of <c>Basic</c> with any user name, which is what a browser asks a
/// person for. Only hashes are kept, and they are compared in constant time, so neither a memory dump nor a stopwatch tells a token.
/// The admin routes are never open to everybody: being on this machine is not the same as being its owner.
/// </remarks>
internal sealed class TokenGate
{
    private readonly (byte[] Hash, AccessScopes Scopes)[] _grants;

    public TokenGate(IEnumerable<TokenGrant> grants) => _grants = [.. grants.Select(grant => (Hash(grant.Token), grant.Scopes))];

    /// <summary>Passes the request on, or answers 401 with both ways of authorising, or 403 where the token opens something else.</summary>
    public async Task Invoke(HttpContext context, RequestDelegate next)
    {
        var needed = Needed(context.Request.Path);
        var granted = Granted(context);
        if ((granted & needed) == needed)
        {
            await next(context);
            return;
        }

        if (granted != AccessScopes.None || _grants.Length == 0)
        {
            var reason =
                needed == AccessScopes.Admin
                    ? "The admin routes need a token with the scope 'admin', or the socket in the data directory."
                    : "This token opens something else.";
            await Problems.Of(StatusCodes.Status403Forbidden, reason).ExecuteAsync(context);
            return;
        }

        context.Response.Headers.WWWAuthenticate = new(["Bearer", "Basic realm=\"AudioRelay\", charset=\"UTF-8\""]);
        await Problems
            .Of(StatusCodes.Status401Unauthorized, "A token is needed: send it as 'Authorization: Bearer TOKEN'.")
            .ExecuteAsync(context);
    }

    /// <summary>What the caller may do.</summary>
    public AccessScopes Granted(HttpContext context) =>
        _grants.Length == 0 ? AccessScopes.All & ~AccessScopes.Admin : Knows(Offered(context.Request.Headers.Authorization));

    /// <summary>True when a token was sent and is one of ours: no web page elsewhere can make a browser do that for it with Bearer.</summary>
    public bool KnowsBearer(HttpContext context)
    {
        string? header = context.Request.Headers.Authorization;
        return header?.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) == true && Knows(Offered(header)) != AccessScopes.None;
    }

    private static AccessScopes Needed(PathString path) =>
        path == "/health" || path == "/api/health" ? AccessScopes.None
        : path.StartsWithSegments("/api/admin", StringComparison.OrdinalIgnoreCase) ? AccessScopes.Admin
        : path.StartsWithSegments("/api/sync", StringComparison.OrdinalIgnoreCase) ? AccessScopes.SyncRead
        : AccessScopes.Listen;

    private AccessScopes Knows(string? token)
    {
        if (token is null)
        {
            return AccessScopes.None;
        }

        var hash = Hash(token);
        var scopes = AccessScopes.None;
        foreach (var grant in _grants)
        {
            scopes |= CryptographicOperations.FixedTimeEquals(grant.Hash, hash) ? grant.Scopes : AccessScopes.None;
        }

        return scopes;
    }

    private static string? Offered(string? header)
    {
        if (header is null)
        {
            return null;
        }

        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return header["Bearer ".Length..].Trim();
        }

        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        Span<byte> decoded = stackalloc byte[512];
        return
            Convert.TryFromBase64String(header["Basic ".Length..].Trim(), decoded, out var length)
            && Encoding.UTF8.GetString(decoded[..length]) is var pair
            && pair.IndexOf(':') is >= 0 and var colon
            ? pair[(colon + 1)..]
            : null;
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
