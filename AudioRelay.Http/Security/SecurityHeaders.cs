using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AudioRelay.Http.Security;

/// <summary>What every answer says to browsers, whatever it is: a page, a playlist, a refusal. What an endpoint said before stays.</summary>
internal static class SecurityHeaders
{
    /// <summary>Answers that are no pages: nothing in them runs or loads, should one be opened as a page.</summary>
    private const string NoPage = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string AYear = "max-age=31536000";

    public static void Use(IApplicationBuilder app) =>
        app.Use(next =>
            context =>
            {
                // At the last moment, because a failure clears what was set before.
                context.Response.OnStarting(
                    static state =>
                    {
                        Set((HttpContext)state);
                        return Task.CompletedTask;
                    },
                    context
                );
                return next(context);
            }
        );

    private static void Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.TryAdd("Content-Security-Policy", NoPage);
        headers.TryAdd("X-Content-Type-Options", "nosniff");
        headers.TryAdd("X-Frame-Options", "DENY");
        headers.TryAdd("Referrer-Policy", "no-referrer");
        headers.TryAdd("Cross-Origin-Resource-Policy", "same-origin");
        // Without a word a cache may guess for how long it keeps an answer, and for whom.
        headers.TryAdd("Cache-Control", CachePolicy.Revalidate(context));
        if (context.Request.IsHttps && IsName(context.Request.Host.Host))
        {
            headers.TryAdd("Strict-Transport-Security", AYear);
        }
    }

    /// <summary>Browsers ignore it for addresses; and promising it for localhost would break everything else that is served there.</summary>
    private static bool IsName(string host) =>
        !IPAddress.TryParse(host.Trim('[', ']'), out _) && !host.TrimEnd('.').Equals("localhost", StringComparison.OrdinalIgnoreCase);
}
