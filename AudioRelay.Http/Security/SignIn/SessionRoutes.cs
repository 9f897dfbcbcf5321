using AudioRelay.Http.Security.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace AudioRelay.Http.Security.SignIn;

/// <summary><c>/api/session</c>: who one is here, signing in, signing out.</summary>
internal sealed class SessionRoutes(TokenBook tokens, SignInCookie cookie, Throttle attempts, ILogger log)
{
    /// <summary>How often an address may be wrong: five times, and once more every twelve seconds.</summary>
    public static readonly Rate Attempts = new(5, TimeSpan.FromMinutes(1));

    public void Map(IEndpointRouteBuilder routes)
    {
        // Open, because it is how one gets in; it tells a stranger nothing but that a token is needed.
        var session = routes.MapGroup("/api/session").OpenToEverybody().WithTags("Session");
        session.MapGet("", Get).Produces<SessionAnswer>();
        session.MapPost("", SignIn).Accepts<SignInRequest>("application/json").Produces<SessionAnswer>();
        session.MapDelete("", SignOut).Produces<SessionAnswer>();
    }

    private IResult Get(HttpContext context)
    {
        var caller = CallerIdentity.Of(context);
        if (caller is { Grant: { } grant, Session: { } session } && cookie.IsOld(session))
        {
            caller = caller with { Session = cookie.Write(context, grant, session) };
        }

        return Answer(context, caller);
    }

    /// <summary>Wrong, empty and unknown tokens get one and the same answer.</summary>
    private IResult SignIn(SignInRequest request, HttpContext context)
    {
        if (tokens.OpenToEverybody)
        {
            return Answer(context, CallerIdentity.Anybody);
        }

        var address = Caller.Address(context)?.ToString() ?? "";
        if (attempts.Take(address) is { } wait)
        {
            return TooMany.Result(context, wait, "Too many wrong tokens came from this address.");
        }

        if (tokens.Find(request.Token ?? "") is not { } grant)
        {
            // One line each, never more than the limit allows, in words that stay: fail2ban may look for them.
            log.LogWarning("sign-in refused from {Address}", address);
            return Problems.Of(StatusCodes.Status401Unauthorized, "This token is not known here.");
        }

        attempts.GiveBack(address);
        return Answer(context, new CallerIdentity(grant.Scopes, grant, cookie.Write(context, grant)));
    }

    private IResult SignOut(HttpContext context)
    {
        cookie.Remove(context, CallerIdentity.Of(context).Session);
        return Answer(context, tokens.OpenToEverybody ? CallerIdentity.Anybody : CallerIdentity.Nobody);
    }

    private IResult Answer(HttpContext context, CallerIdentity caller)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(
            new SessionAnswer(
                caller.Grant is not null,
                !tokens.OpenToEverybody,
                caller.Grant?.Name,
                ScopeNames.Of(caller.Scopes),
                caller.Session?.ExpiresUs
            )
        );
    }
}
