using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;

namespace AudioRelay.Http.Security;

/// <summary>Lets in who may call what is asked, by the <see cref="RoutePolicy"/> of the endpoint that routing has found.</summary>
/// <remarks>Fails closed: an endpoint without a policy is for admins, and what is no endpoint at all is for those who may listen.</remarks>
internal sealed class AccessGate(TokenBook tokens, CallerFinder callers)
{
    /// <summary>Puts the gate behind routing.</summary>
    public void Use(IApplicationBuilder app) =>
        app.Use(next =>
            context =>
            {
                var caller = callers.Find(context);
                context.Features.Set(caller);
                var needed = Needed(context);
                return (caller.Scopes & needed) == needed ? next(context) : Refuse(context, caller, needed);
            }
        );

    private static AccessScopes Needed(HttpContext context) =>
        context.GetEndpoint() is { } endpoint
            ? endpoint.Metadata.GetMetadata<RoutePolicy>()?.Needed ?? Unspoken(endpoint)
            : AccessScopes.Listen;

    /// <summary>Routing's own answers (405 for a known path) are endpoints without a path and without a policy.</summary>
    private static AccessScopes Unspoken(Endpoint endpoint) => endpoint is RouteEndpoint ? AccessScopes.Admin : AccessScopes.Listen;

    private Task Refuse(HttpContext context, CallerIdentity caller, AccessScopes needed)
    {
        if (caller.Scopes != AccessScopes.None || tokens.OpenToEverybody)
        {
            return Problems
                .Of(
                    StatusCodes.Status403Forbidden,
                    needed == AccessScopes.Admin
                        ? "The admin routes need a token with the scope 'admin', or the socket in the data directory."
                        : "This token opens something else."
                )
                .ExecuteAsync(context);
        }

        context.Response.Headers.WWWAuthenticate = IsBrowser(context.Request)
            ? new StringValues("Bearer")
            : new StringValues(["Bearer", "Basic realm=\"AudioRelay\", charset=\"UTF-8\""]);
        return Problems
            .Of(StatusCodes.Status401Unauthorized, "A token is needed: sign in, or send it as 'Authorization: Bearer TOKEN'.")
            .ExecuteAsync(context);
    }

    /// <summary>A browser offered Basic opens its own dialog over the page that has a better one. Players and tools are offered it.</summary>
    private static bool IsBrowser(HttpRequest request) =>
        request.Headers.ContainsKey("Sec-Fetch-Mode")
        || request.Headers.UserAgent.ToString().StartsWith("Mozilla/", StringComparison.Ordinal);
}
