using AudioRelay.Http.Receiver;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AudioRelay.Http.SyncStatus;

/// <summary><c>sync/status</c> and <c>sync</c>: how the pulling stands, and to pull now.</summary>
internal static class SyncStatusRoutes
{
    public static void Map(IEndpointRouteBuilder api, ReceiverFace face)
    {
        api.MapGet("/sync/status", () => TypedResults.Ok(SyncStatusAnswer.Of(face.Board.Now)));
        api.MapPost("/sync", () => Start(face));
    }

    /// <summary>202 when something was woken, 409 when everything was at it already: the predecessor's answers, word for word in their fields.</summary>
    private static IResult Start(ReceiverFace face) =>
        face.SyncNow()
            ? TypedResults.Json(new SyncStarted("Sync started", AlreadyInProgress: false), statusCode: StatusCodes.Status202Accepted)
            : TypedResults.Json(
                new SyncStarted("Sync is already in progress", AlreadyInProgress: true),
                statusCode: StatusCodes.Status409Conflict
            );
}
