using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AudioRelay.Http.Security;

/// <summary>What every request passes before anything else looks at it, in this order: proxy, host, origin, token.</summary>
internal static class RequestGates
{
    public static void Use(IApplicationBuilder app, RelayServerOptions options)
    {
        var forwarding = new ForwardingGate(options.TrustedProxies);
        var host = new HostGate(options.AllowedHosts, Environment.MachineName);
        var token = new TokenGate(options.Tokens);
        app.Use(next =>
            async context =>
            {
                if (Refusal(context, forwarding, host, token) is var (status, reason))
                {
                    await Problems.Of(status, reason).ExecuteAsync(context);
                    return;
                }

                await token.Invoke(context, next);
            }
        );
    }

    private static (int Status, string Reason)? Refusal(HttpContext context, ForwardingGate forwarding, HostGate host, TokenGate token)
    {
        if (forwarding.Refusal(context) is { } proxied)
        {
            return (StatusCodes.Status400BadRequest, proxied);
        }

        // A receiver calls a recorder by whatever name it has there, and proves itself with its token.
        if (!token.KnowsBearer(context) && host.Refusal(context.Request) is { } misnamed)
        {
            return (StatusCodes.Status421MisdirectedRequest, misnamed);
        }

        return OriginGate.Refusal(context.Request) is { } foreign ? (StatusCodes.Status403Forbidden, foreign) : null;
    }
}
