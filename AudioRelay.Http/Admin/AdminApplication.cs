using AudioRelay.Http.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace AudioRelay.Http.Admin;

/// <summary>How a host takes the admin routes into its application. They need an <c>ActorSystem</c> among the services.</summary>
public static class AdminApplication
{
    /// <summary>Maps <c>/api/admin/actors</c> and what is below it, for who has the admin token where such are asked for.</summary>
    public static RouteGroupBuilder MapActors(this IEndpointRouteBuilder routes)
    {
        var actors = routes.MapGroup("/api/admin/actors").RequireScope(AccessScopes.Admin);
        actors.MapGet("", ActorsEndpoint.Tree);
        actors.MapGet("/show", ActorsEndpoint.Show);
        actors.MapGet("/log", ActorsEndpoint.Log);
        // No state changes on GET; and nothing is taken from a form, so a page elsewhere cannot post here without a preflight.
        actors.MapPost("/restart", ActorsEndpoint.Restart);
        actors.MapPost("/stop", ActorsEndpoint.Stop);
        return actors;
    }
}
