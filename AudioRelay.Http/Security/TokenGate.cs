using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace AudioRelay.Http.Security;

/// <summary>Lets in who knows a token; without tokens, everybody who reaches the port (which is then loopback, or meant to be open).</summary>
/// <remarks>
/// A token comes as <c>Authorization: Bearer</c>, or as the password of <c>Basic</c> with any user name, which is what a browser asks a
/// person for. Only hashes are kept, and they are compared in constant time, so neither a memory dump nor a stopwatch tells a token.
/// </remarks>
internal sealed class TokenGate
{
    private readonly byte[][] _hashes;

    public TokenGate(IEnumerable<string> tokens) => _hashes = [.. tokens.Select(Hash)];

    /// <summary>Passes the request on, or answers 401 with both ways of authorising.</summary>
    public async Task Invoke(HttpContext context, RequestDelegate next)
    {
        if (_hashes.Length == 0 || IsOpen(context.Request.Path) || Knows(Offered(context.Request.Headers.Authorization)))
        {
            await next(context);
            return;
        }

        context.Response.Headers.WWWAuthenticate = new(["Bearer", "Basic realm=\"AudioRelay\", charset=\"UTF-8\""]);
        await Problems
            .Of(StatusCodes.Status401Unauthorized, "A token is needed: send it as 'Authorization: Bearer TOKEN'.")
            .ExecuteAsync(context);
    }

    private static bool IsOpen(PathString path) => path == "/health" || path == "/api/health";

    private bool Knows(string? token)
    {
        if (token is null)
        {
            return false;
        }

        var hash = Hash(token);
        var known = false;
        foreach (var each in _hashes)
        {
            known |= CryptographicOperations.FixedTimeEquals(each, hash);
        }

        return known;
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
