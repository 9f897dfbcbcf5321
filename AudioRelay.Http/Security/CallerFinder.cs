using AudioRelay.Http.Security.SignIn;
using Microsoft.AspNetCore.Http;

namespace AudioRelay.Http.Security;

/// <summary>Finds out who asks: by a link in the path, by <c>Authorization</c>, or by the web UI's cookie, in this order.</summary>
/// <remarks>The first that is there decides. A wrong token is not mended by a cookie that came along.</remarks>
internal sealed class CallerFinder(TokenBook tokens, SignInCookie cookie)
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
            return tokens.Find(token) is { } grant ? new CallerIdentity(grant.Scopes, grant) : CallerIdentity.Nobody;
        }

        return cookie.Read(context.Request) is var (signedIn, session)
            ? new CallerIdentity(signedIn.Scopes, signedIn, session)
            : CallerIdentity.Nobody;
    }
}
