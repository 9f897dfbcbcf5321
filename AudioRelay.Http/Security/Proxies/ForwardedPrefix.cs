using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace AudioRelay.Http.Security.Proxies;

/// <summary>
/// <c>X-Forwarded-Prefix</c>: the path below which a proxy shows us. Nothing we answer needs it but the path of the cookie, because all
/// our addresses are relative; so a proxy that takes its prefix off in silence does as well.
/// </summary>
internal static partial class ForwardedPrefix
{
    public const string Header = "X-Forwarded-Prefix";

    /// <summary>True for a path of plain letters and no dots alone, or for none.</summary>
    public static bool IsFit(HttpRequest request) =>
        !request.Headers.TryGetValue(Header, out var prefix) || Plain().IsMatch(prefix.ToString());

    /// <summary>Moves the prefix from the path, where a proxy left it, to the base.</summary>
    public static void Apply(HttpRequest request)
    {
        if (request.Headers[Header].ToString().TrimEnd('/') is not { Length: > 0 } text)
        {
            return;
        }

        var prefix = new PathString(text);
        request.PathBase = prefix;
        if (request.Path.StartsWithSegments(prefix, StringComparison.Ordinal, out var rest))
        {
            request.Path = rest;
        }
    }

    [GeneratedRegex(@"^(/(?!\.{1,2}(/|$))[A-Za-z0-9._~-]+)*/?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Plain();
}
