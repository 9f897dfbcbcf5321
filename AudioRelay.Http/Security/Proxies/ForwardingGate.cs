using System.Net;
using Microsoft.AspNetCore.Http;

namespace AudioRelay.Http.Security.Proxies;

/// <summary>
/// A forwarding header says that a proxy stands in front, so "this machine only" is no longer true and addresses are not the callers'.
/// Without a proxy that was configured, that is refused with the reason, instead of trusting it or quietly ignoring it.
/// </summary>
internal sealed class ForwardingGate(IReadOnlyList<IPNetwork> trusted)
{
    private static readonly string[] Headers =
    [
        "Forwarded",
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Forwarded-Proto",
        "X-Real-IP",
        ForwardedPrefix.Header,
    ];

    /// <summary>Why the request is refused; null when it is not.</summary>
    public string? Refusal(HttpContext context)
    {
        var sent = Headers.FirstOrDefault(context.Request.Headers.ContainsKey);
        if (!ForwardedPrefix.IsFit(context.Request))
        {
            return $"{ForwardedPrefix.Header} must be a plain path such as '/radio'.";
        }

        if (sent is null || (Caller.Address(context) is { } from && trusted.Any(network => network.Contains(from))))
        {
            return null;
        }

        return $"The header {sent} comes from a proxy that is not configured. Add its address to trusted_proxies, and let it ask for a password or a token.";
    }
}
