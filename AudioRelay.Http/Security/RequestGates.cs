using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AudioRelay.Http.Security;

/// <summary>What every request passes before anything else looks at it, in this order: host, origin. What a token opens is asked behind routing, by <see cref="AccessGate"/>.</summary>
internal static class RequestGates
{
    public static void Use(IApplicationBuilder app, RelayServerOptions options, TokenBook tokens)
    {
        var host = new HostGate(options.AllowedHosts, Environment.MachineName);
        app.Use(next =>
            async context =>
            {
                if (Refusal(context, host, tokens) is var (status, reason))
                {
                    await Problems.Of(status, reason).ExecuteAsync(context);
                    return;
                }

                await next(context);
            }
        );
    }

    private static (int Status, string Reason)? Refusal(HttpContext context, HostGate host, TokenBook tokens)
    {
        // A receiver calls a recorder by whatever name it has there, and proves itself with its token.
        if (
            !(Authorization.IsBearer(context.Request) && tokens.Find(Authorization.Token(context.Request)!) is not null)
            && host.Refusal(context.Request) is { } misnamed
        )
        {
            return (StatusCodes.Status421MisdirectedRequest, misnamed);
        }

        return OriginGate.Refusal(context.Request) is { } foreign ? (StatusCodes.Status403Forbidden, foreign) : null;
    }
}
