using AudioRelay.Http.Security.Limits;
using AudioRelay.Http.Security.SignIn;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AudioRelay.Http.Security;

/// <summary>Finds out who asks: by a link in the path, by <c>Authorization</c>, or by the web UI's cookie, in this order.</summary>
/// <remarks>The first that is there decides. A wrong token is not mended by a cookie that came along.</remarks>
internal sealed class CallerFinder(TokenBook tokens, SignInCookie cookie, Throttle told, ILogger log)
{
    public CallerIdentity Find(HttpContext context)
    {
        if (context.Features.Get<CallerIdentity>() is { } byLink)
        {
            return byLink;
        }

        if (tokens.OpenToEverybody)
        {
            return CallerIdentity.Anybody;
        }

        if (Authorization.Token(context.Request) is { } token)
        {
            if (tokens.Find(token) is { } grant)
            {
                return new CallerIdentity(grant.Scopes, grant);
            }

            // As often as a sign-in is refused, so that a program with an old token does not fill the log.
            var address = Caller.Address(context)?.ToString() ?? "";
            if (told.Take(address) is null)
            {
                log.LogWarning("token refused from {Address}", address);
            }

            return CallerIdentity.Nobody;
        }

        return cookie.Read(context.Request) is var (signedIn, session)
            ? new CallerIdentity(signedIn.Scopes, signedIn, session)
            : CallerIdentity.Nobody;
    }
}
