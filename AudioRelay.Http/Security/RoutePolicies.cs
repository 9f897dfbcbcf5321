using Microsoft.AspNetCore.Builder;

namespace AudioRelay.Http.Security;

/// <summary>
/// How a route says who may call it. Every route must, best through its group: <c>routes.MapGroup("/api/x").RequireScope(…)</c>. One that
/// says nothing is open to nobody but an admin, and the test that walks through all routes fails.
/// </summary>
public static class RoutePolicies
{
    /// <summary>The caller needs a token (or a cookie or link made of one) that opens this. Said again further inside, the inner one counts.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder route, AccessScopes scope)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new RoutePolicy(scope));

    /// <summary>Anybody may call it, also where tokens are configured: health, the web UI's own files, and signing in. Nothing else.</summary>
    public static TBuilder OpenToEverybody<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new RoutePolicy(AccessScopes.None));
}
