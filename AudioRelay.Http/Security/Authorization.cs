using System.Text;
using Microsoft.AspNetCore.Http;

namespace AudioRelay.Http.Security;

/// <summary>The token that a request carries in its <c>Authorization</c>: as <c>Bearer</c>, or as the password of <c>Basic</c> with any user name.</summary>
internal static class Authorization
{
    private const string Bearer = "Bearer ";
    private const string Basic = "Basic ";
    private const int LongestBasic = 1024;

    /// <summary>True when it comes as Bearer: no web page elsewhere can make a browser do that.</summary>
    public static bool IsBearer(HttpRequest request) =>
        request.Headers.Authorization.ToString().StartsWith(Bearer, StringComparison.OrdinalIgnoreCase);

    /// <summary>The token; empty for a header that holds none, null for no header.</summary>
    public static string? Token(HttpRequest request)
    {
        if (request.Headers.Authorization is not { Count: > 0 } values)
        {
            return null;
        }

        var header = values.ToString();
        return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim()
            : header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase) ? Password(header[Basic.Length..].Trim())
            : "";
    }

    private static string Password(string basic)
    {
        Span<byte> decoded = stackalloc byte[LongestBasic];
        return
            Convert.TryFromBase64String(basic, decoded, out var length)
            && Encoding.UTF8.GetString(decoded[..length]) is var pair
            && pair.IndexOf(':') is >= 0 and var colon
            ? pair[(colon + 1)..]
            : "";
    }
}
