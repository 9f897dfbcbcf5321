using AudioRelay.Http.Shows;
using AudioRelay.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AudioRelay.Http.Playback;

/// <summary><c>shows</c>: every show and how far it reaches. One whose store is broken is listed with the reason.</summary>
internal static class ShowsEndpoint
{
    /// <summary>Stores that are asked at the same time: each answers from a database of its own, perhaps over a network.</summary>
    private const int AtOnce = 4;

    public static async Task<Ok<ShowsAnswer>> Get(IShowCatalog catalog, ShowGlances glances, TimeProvider time, CancellationToken cancel)
    {
        var nowUs = Clock.NowUs(time);
        var served = catalog.Shows;
        var shows = new ShowSummary[served.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, served.Count),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
            async (at, token) => shows[at] = await Summarise(served[at], glances, nowUs, token)
        );
        return TypedResults.Ok(new ShowsAnswer(shows));
    }

    private static async Task<ShowSummary> Summarise(ServedShow show, ShowGlances glances, long nowUs, CancellationToken cancel)
    {
        try
        {
            var (info, oldest, newest, title) = await glances.OfAsync(show, nowUs, cancel);
            var recording = newest is not null && !newest.IsOver(nowUs);
            return new ShowSummary(
                show.Name,
                ShowPath.Of(show.Name),
                info.AudioFormat,
                recording,
                info.MinId,
                info.MaxId,
                oldest?.StartTimestampMs,
                newest?.EndUs / 1000,
                recording ? title : null
            );
        }
        catch (StorageException fault)
        {
            return new ShowSummary(show.Name, ShowPath.Of(show.Name), null, Error: fault.Message);
        }
    }

    internal sealed record ShowsAnswer(IReadOnlyList<ShowSummary> Shows);
}
