using AudioRelay.Http.Events;
using AudioRelay.Http.Export;
using AudioRelay.Http.Hls;
using AudioRelay.Http.Security;
using AudioRelay.Http.Security.Limits;
using AudioRelay.Http.Shows;
using AudioRelay.Http.Titles;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AudioRelay.Http.Playback;

/// <summary>Where playback is found: two layouts, each under <c>/api</c> and at the predecessor's path.</summary>
internal static class PlaybackRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var inspect = routes.ServiceProvider.GetRequiredService<IShowCatalog>().Mode == ShowModes.Inspect;
        routes.MapGet("/health", HealthEndpoint.Get).OpenToEverybody();
        foreach (var root in (string[])["/api", ""])
        {
            // Everything below is for those who may listen; a route for others says so itself.
            var group = routes
                .MapGroup(root)
                .RequireScope(AccessScopes.Listen)
                .AddEndpointFilter(NoSniff)
                .AddEndpointFilter(StorageFaultFilter.Run);
            group.MapGet("/mode", ModeEndpoint.Get);
            group.MapGet("/shows", ShowsEndpoint.Get);
            if (!inspect)
            {
                group.MapGet("/titles", TitlesEndpoint.GetAll).LimitSearches();
            }

            if (root == "/api")
            {
                group.MapGet("/health", HealthEndpoint.Get).OpenToEverybody();
                group.MapGet("/events", EventsEndpoint.GetAll);
                group.MapGet("/openapi.json", ContractEndpoint.Get);
            }

            var show = inspect ? "" : "/show/{show}";
            MapShow(group.MapGroup(show), events: !inspect || root != "/api");
            foreach (var kind in SegmentKind.All)
            {
                routes
                    .MapMethods($"{root}{show}/{kind.Folder}/{{file}}", [HttpMethods.Get, HttpMethods.Head], SegmentRoute.To(kind))
                    .RequireScope(AccessScopes.Listen);
            }
        }
    }

    /// <summary>What a station sent is sound to a browser and never a page, whatever its bytes look like.</summary>
    private static ValueTask<object?> NoSniff(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        call.HttpContext.Response.Headers.XContentTypeOptions = "nosniff";
        return next(call);
    }

    private static void MapShow(RouteGroupBuilder show, bool events)
    {
        show.AddEndpointFilter(RequestedShow.MustExist);
        show.MapGet("/format", FormatEndpoint.Get);
        show.MapGet("/metadata", MetadataEndpoint.Get);
        show.MapGet("/segments/range", SegmentRangeEndpoint.Get);
        show.MapGet("/sessions", SessionsEndpoint.Get);
        show.MapGet("/session/{id:long}/latest", LatestEndpoint.Get);
        show.MapGet("/session/{id:long}/estimate_segment", EstimateEndpoint.Get);
        show.MapGet("/timeline", TimelineEndpoint.Get);
        show.MapGet("/live", LiveEndpoint.Get);
        show.MapGet("/titles", TitlesEndpoint.GetShow).LimitSearches();
        show.MapMethods("/export", [HttpMethods.Get, HttpMethods.Head], ExportEndpoint.Get).LimitExports();
        if (events)
        {
            show.MapGet("/events", EventsEndpoint.GetShow);
        }

        show.MapMethods("/index.m3u8", [HttpMethods.Get, HttpMethods.Head], MultivariantEndpoint.Get);
        foreach (var format in PlaylistFormat.All)
        {
            show.MapMethods(
                "/" + format.FileName,
                [HttpMethods.Get, HttpMethods.Head],
                (RequestedShow requested, HttpContext context) => PlaylistEndpoint.Get(format, requested, context)
            );
        }
    }
}
