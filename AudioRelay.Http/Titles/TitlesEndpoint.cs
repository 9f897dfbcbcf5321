using AudioRelay.Http.Shows;
using AudioRelay.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AudioRelay.Http.Titles;

/// <summary><c>titles</c>: search by title in one show, or in all of them.</summary>
internal static class TitlesEndpoint
{
    /// <summary>Stores that are searched at the same time: a search of a hundred shows must not take every connection there is.</summary>
    private const int AtOnce = 4;

    public static async Task<Results<Ok<TitlesAnswer>, ProblemHttpResult>> GetShow(
        RequestedShow show,
        HttpContext context,
        CancellationToken cancel
    )
    {
        var (search, refusal) = Read(context);
        if (search is null)
        {
            return refusal!;
        }

        return TypedResults.Ok(Page([.. await Find(show.Show, search, cancel)], search, []));
    }

    public static async Task<Results<Ok<TitlesAnswer>, ProblemHttpResult>> GetAll(
        IShowCatalog catalog,
        HttpContext context,
        CancellationToken cancel
    )
    {
        var (search, refusal) = Read(context);
        if (search is null)
        {
            return refusal!;
        }

        var gate = new Lock();
        var (found, unread) = (new List<TitlesAnswer.Title>(), new List<string>());
        await Parallel.ForEachAsync(
            catalog.Shows,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
            async (show, token) =>
            {
                try
                {
                    var titles = await Find(show, search, token);
                    lock (gate)
                    {
                        found.AddRange(titles);
                    }
                }
                catch (StorageException)
                {
                    // One broken store does not keep the others from being searched; the list of shows tells its reason.
                    lock (gate)
                    {
                        unread.Add(show.Name);
                    }
                }
            }
        );
        unread.Sort(StringComparer.Ordinal);
        return TypedResults.Ok(Page(found, search, unread));
    }

    private static (TitleSearch? Search, ProblemHttpResult? Refusal) Read(HttpContext context)
    {
        var query = new QueryReader(context.Request.Query);
        var search = TitleSearch.Parse(query);
        return search is null ? (null, Problems.Bad(query.Fault!))
            : search.Text?.Length > TitleSearch.MostText
                ? (
                    null,
                    Problems.OverLimit($"A search holds at most {TitleSearch.MostText} characters.", $"{TitleSearch.MostText} characters")
                )
            : (search, null);
    }

    private static async Task<IEnumerable<TitlesAnswer.Title>> Find(ServedShow show, TitleSearch search, CancellationToken cancel)
    {
        var titles = await show.Reader.TitlesAsync(search.Query, cancel);
        return titles.Select(title => new TitlesAnswer.Title(show.Name, title.SectionId, title.Sample, title.UtcUs, title.Text));
    }

    private static TitlesAnswer Page(List<TitlesAnswer.Title> found, TitleSearch search, IReadOnlyList<string> unread)
    {
        var sorted = found.OrderByDescending(title => title.UtcUs).ThenBy(title => title.Show, StringComparer.Ordinal).ToList();
        var count = Math.Min(search.Limit, sorted.Count);
        // The next page begins before the last one's time, so all of that time belong to this page.
        while (count < sorted.Count && count > 0 && sorted[count].UtcUs == sorted[count - 1].UtcUs)
        {
            count++;
        }

        return new TitlesAnswer(sorted[..count], count < sorted.Count, unread);
    }
}
