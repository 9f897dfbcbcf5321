using AudioRelay.Http.Shows;
using AudioRelay.Storage;
using Microsoft.AspNetCore.Http;

namespace AudioRelay.Http.SyncApi;

/// <summary>A show that is offered to receivers, with how its store stands.</summary>
/// <param name="Show">The show.</param>
/// <param name="Info">What its store says of itself.</param>
internal sealed record SyncOffer(ServedShow Show, ShowInfo Info)
{
    /// <summary>Finds a show by its name; where it is not offered, the answer that says why.</summary>
    public static async Task<(SyncOffer? Offer, IResult? Refusal)> FindAsync(string show, IShowCatalog catalog, CancellationToken token)
    {
        if (catalog.Find(show) is not { } served)
        {
            return (null, SyncEndpoints.UnknownShow(show));
        }

        var info = await served.Reader.InfoAsync(token);
        return info.IsRecipient
            ? (null, Problems.Of(StatusCodes.Status403Forbidden, $"'{info.Name}' is a recipient database and is not offered for sync."))
            : (new SyncOffer(served, info), null);
    }
}
