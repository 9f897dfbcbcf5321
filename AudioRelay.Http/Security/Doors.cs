using AudioRelay.Http.Security.Limits;
using AudioRelay.Http.Security.Links;
using AudioRelay.Http.Security.SignIn;
using AudioRelay.Http.Security.Signing;
using AudioRelay.Http.Shows;
using Microsoft.AspNetCore.Builder;
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

    public Doors(RelayServerOptions options, string role, TimeProvider time, ILoggerFactory logs)
    {
        var log = logs.CreateLogger("security");
        var keys = new SigningKeys(options.KeyFolder is { } folder ? new KeyFolder(folder, log) : null, time);
        _options = options;
        _tokens = new TokenBook(options.Tokens, time);
        _cookie = new SignInCookie(keys, _tokens, time, role);
        _links = new PathLinks(keys, _tokens, time);
        _sessions = new SessionRoutes(_tokens, _cookie, new Throttle(SessionRoutes.Attempts, time), log);
    }

    /// <summary>The gates, with routing among them: those in front of it know the request, those behind it also the endpoint.</summary>
    public void Use(WebApplication app)
    {
        RequestGates.Use(app, _options, _tokens);
        new LinkGate(_links).Use(app);
        app.UseRouting();
        new AccessGate(_tokens, new CallerFinder(_tokens, _cookie)).Use(app);
    }

    /// <summary>Signing in and links.</summary>
    public void Map(IEndpointRouteBuilder routes, string mode)
    {
        _sessions.Map(routes);
        LinkRoutes.Map(routes, _links, direct: mode == ShowModes.Inspect);
    }
}
