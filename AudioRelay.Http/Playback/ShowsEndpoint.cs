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

    public static async Task<Ok<ShowsAnswer>> Get(IShowCatalog catalog, TimeProvider time, CancellationToken cancel)
    {
        var nowUs = Clock.NowUs(time);
        var served = catalog.Shows;
        var shows = new ShowSummary[served.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, served.Count),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
            async (at, token) => shows[at] = await Summarise(served[at], nowUs, token)
        );
        return TypedResults.Ok(new ShowsAnswer(shows));
    }

    private static async Task<ShowSummary> Summarise(ServedShow show, long nowUs, CancellationToken cancel)
    {
        try
        {
            var info = await show.Reader.InfoAsync(cancel);
            var oldest = await show.Reader.SectionsAsync(new SectionQuery(Limit: 1), cancel);
            var newest = await show.Reader.SectionsAsync(new SectionQuery(Descending: true, Limit: 1), cancel);
            var recording = newest is [var growing] && !growing.IsOver(nowUs);
            return new ShowSummary(
                show.Name,
                ShowPath.Of(show.Name),
                info.AudioFormat,
                recording,
                info.MinId,
                info.MaxId,
                oldest is [var first] ? first.StartTimestampMs : null,
                newest is [var last] ? last.EndUs / 1000 : null,
                recording ? await NewestTitle(show.Reader, newest[0].Id, cancel) : null
            );
        }
        catch (StorageException fault)
        {
            return new ShowSummary(show.Name, ShowPath.Of(show.Name), null, Error: fault.Message);
        }
    }

    private static async Task<string?> NewestTitle(IShowReader reader, long section, CancellationToken cancel)
    {
        var titles = await reader.TitlesAsync(new TitleQuery(SectionId: section, Limit: 1, Descending: true), cancel);
        return titles is [var title] ? title.Text : null;
    }

    internal sealed record ShowsAnswer(IReadOnlyList<ShowSummary> Shows);
}
