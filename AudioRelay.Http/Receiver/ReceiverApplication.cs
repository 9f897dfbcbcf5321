using AudioRelay.Http.Bookmarks;
using AudioRelay.Http.Playback;
using AudioRelay.Http.Security;
using AudioRelay.Http.SyncStatus;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AudioRelay.Http.Receiver;

/// <summary>How a host takes what only a receiver has into its application.</summary>
public static class ReceiverApplication
{
    /// <summary>Maps sync state and bookmarks.</summary>
    public static IEndpointRouteBuilder MapReceiver(this IEndpointRouteBuilder routes, ReceiverFace face)
    {
        // Bookmarks and "sync now" are for whoever may listen, as the page has them for everybody.
        var api = routes.MapGroup("/api").RequireScope(AccessScopes.Listen).AddEndpointFilter(StorageFaultFilter.Run);
        SyncStatusRoutes.Map(api, face);
        BookmarkRoutes.Map(api, face.Control);
        return routes;
    }
}
