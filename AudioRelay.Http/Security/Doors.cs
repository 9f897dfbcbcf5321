using AudioRelay.Http.Security.Limits;
using AudioRelay.Http.Security.Links;
using AudioRelay.Http.Security.Proxies;
using AudioRelay.Http.Security.SignIn;
using AudioRelay.Http.Security.Signing;
using AudioRelay.Http.Shows;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace AudioRelay.Http.Security;

/// <summary>All that stands between the network and the endpoints of one server, put together.</summary>
internal sealed class Doors
{
    private readonly RelayServerOptions _options;
    private readonly TokenBook _tokens;
    private readonly SignInCookie _cookie;
    private readonly PathLinks _links;
    private readonly SessionRoutes _sessions;
    private readonly CallerFinder _callers;
    private readonly TimeProvider _time;

    public Doors(RelayServerOptions options, string role, TimeProvider time, ILoggerFactory logs)
    {
        var log = logs.CreateLogger("security");
        var keys = new SigningKeys(options.KeyFolder is { } folder ? new KeyFolder(folder, log) : null, time);
        (_options, _time) = (options, time);
        _tokens = new TokenBook(options.Tokens, time);
        _cookie = new SignInCookie(keys, _tokens, time, role);
        _callers = new CallerFinder(_tokens, _cookie, new Throttle(SessionRoutes.Attempts, time), log);
        _links = new PathLinks(keys, _tokens, time);
        _sessions = new SessionRoutes(_tokens, _cookie, new Throttle(SessionRoutes.Attempts, time), log);
    }

    /// <summary>The gates, with routing among them: those in front of it know the request, those behind it also the endpoint.</summary>
    public void Use(WebApplication app)
    {
        TrustedProxies.Use(app, _options.TrustedProxies);
        RequestGates.Use(app, _options, _tokens);
        new LinkGate(_links).Use(app);
        app.UseRouting();
        new AccessGate(_tokens, _callers).Use(app);
        new LimitGate(_time).Use(app);
    }

    /// <summary>Signing in and links.</summary>
    public void Map(IEndpointRouteBuilder routes, string mode)
    {
        _sessions.Map(routes);
        routes.MapGet("/api/admin/tokens", Uses).RequireScope(AccessScopes.Admin);
        LinkRoutes.Map(routes, _links, direct: mode == ShowModes.Inspect);
    }

    private Ok<TokenUse[]> Uses() =>
        TypedResults.Ok(
            _tokens.Uses.Select(use => new TokenUse(use.Grant.Name, ScopeNames.Of(use.Grant.Scopes), use.LastUsedUs)).ToArray()
        );
}
