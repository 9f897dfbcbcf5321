using AudioRelay.Http.Security.SignIn;
using Microsoft.AspNetCore.Http;

namespace AudioRelay.Http.Security;

/// <summary>Who asks and what they may do, found once per request.</summary>
/// <param name="Scopes">What they may do.</param>
/// <param name="Grant">The token behind it; null without one.</param>
/// <param name="Session">The cookie it came by; null for any other way.</param>
internal sealed record CallerIdentity(AccessScopes Scopes, TokenGrant? Grant = null, SignedIn? Session = null)
{
    /// <summary>Nobody we know.</summary>
    public static CallerIdentity Nobody { get; } = new(AccessScopes.None);

    /// <summary>Whoever reaches a port that asks for no token. Being on this machine is not the same as being its owner: no admin.</summary>
    public static CallerIdentity Anybody { get; } = new(AccessScopes.All & ~AccessScopes.Admin);

    /// <summary>Who asks; anybody where no gate stands, as in a host that has its own.</summary>
    public static CallerIdentity Of(HttpContext context) => context.Features.Get<CallerIdentity>() ?? Anybody;
}
