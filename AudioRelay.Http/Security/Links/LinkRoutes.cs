using AudioRelay.Http.Shows;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AudioRelay.Http.Security.Links;

/// <summary><c>POST …/link</c>: an address of a show for players that cannot send headers.</summary>
internal static class LinkRoutes
{
    private const string Api = "/api";
    private const string Name = "link";

    public static void Map(IEndpointRouteBuilder routes, PathLinks links, bool direct)
    {
        var show = routes
            .MapGroup(direct ? Api : Api + "/show/{show}")
            .RequireScope(AccessScopes.Listen)
            .AddEndpointFilter(RequestedShow.MustExist);
        show.MapPost("/" + Name, (RequestedShow _, HttpContext context) => Create(context, links)).WithTags("Links").Produces<LinkAnswer>();
    }

    private static IResult Create(HttpContext context, PathLinks links)
    {
        // As it came: later requests are compared with it as they come.
        var own = context.Request.Path.Value!;
        var prefix = own[Api.Length..^Name.Length];
        var (token, expires) = links.Create(prefix, CallerIdentity.Of(context).Grant);
        context.Response.Headers.CacheControl = "no-store";
        var address = new PathString($"{LinkGate.Root}/{token}").Add(prefix).ToUriComponent().TrimStart('/');
        return TypedResults.Ok(new LinkAnswer(address, expires));
    }
}
