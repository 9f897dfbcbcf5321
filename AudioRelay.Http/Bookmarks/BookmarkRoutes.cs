using AudioRelay.Http.Shows;
using AudioRelay.Storage.Control;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace AudioRelay.Http.Bookmarks;

/// <summary><c>bookmarks</c>: places to find again, kept on the receiver.</summary>
internal static class BookmarkRoutes
{
    private const int MostNote = 500;

    /// <summary>More than people make by hand; a script that makes them without end is told so.</summary>
    private const int Most = 10_000;

    public static void Map(IEndpointRouteBuilder api, IControlStore control)
    {
        api.MapGet("/bookmarks", (string? show, IShowCatalog catalog, CancellationToken cancel) => List(control, show, catalog, cancel));
        api.MapPost(
            "/bookmarks",
            (BookmarkRequest body, IShowCatalog catalog, TimeProvider time, CancellationToken cancel) =>
                Add(control, body, catalog, time, cancel)
        );
        api.MapPatch(
            "/bookmarks/{id:long}",
            (long id, NoteRequest body, IShowCatalog catalog, CancellationToken cancel) => Change(control, id, body, catalog, cancel)
        );
        api.MapDelete("/bookmarks/{id:long}", (long id, CancellationToken cancel) => Remove(control, id, cancel));
    }

    private static async Task<Results<Ok<BookmarksAnswer>, ProblemHttpResult>> List(
        IControlStore control,
        string? show,
        IShowCatalog catalog,
        CancellationToken cancel
    )
    {
        IReadOnlyCollection<string>? stores = null;
        if (show is not null && (stores = catalog.Find(show)?.Sources) is null)
        {
            return UnknownShow(show);
        }

        var bookmarks = await control.BookmarksAsync(stores, cancel);
        return TypedResults.Ok(new BookmarksAnswer([.. bookmarks.Select(bookmark => BookmarkAnswer.Of(bookmark, catalog))]));
    }

    private static async Task<Results<Created<BookmarkAnswer>, ProblemHttpResult>> Add(
        IControlStore control,
        BookmarkRequest body,
        IShowCatalog catalog,
        TimeProvider time,
        CancellationToken cancel
    )
    {
        if (body is not { Show: { } name, FromUs: { } from })
        {
            return Problems.Bad("A bookmark needs 'show' and 'from_us'.");
        }

        if ((UtcTimes.FaultUs("from_us", from) ?? UtcTimes.FaultUs("until_us", body.UntilUs)) is { } noTime)
        {
            return Problems.Bad(noTime);
        }

        if (body.UntilUs <= from)
        {
            return Problems.Bad("'until_us' must lie after 'from_us'.");
        }

        if (NoteFault(body.Note) is { } fault)
        {
            return fault;
        }

        if (catalog.Find(name) is not { Source: { } store })
        {
            return UnknownShow(name);
        }

        if ((await control.BookmarksAsync(null, cancel)).Count >= Most)
        {
            return Problems.OverLimit("There are too many bookmarks; remove some first.", $"{Most} bookmarks");
        }

        var made = await control.AddBookmarkAsync(new NewBookmark(store, from, body.UntilUs, body.Note ?? "", Clock.NowUs(time)), cancel);
        return TypedResults.Created((string?)null, BookmarkAnswer.Of(made, catalog));
    }

    private static async Task<Results<Ok<BookmarkAnswer>, ProblemHttpResult>> Change(
        IControlStore control,
        long id,
        NoteRequest body,
        IShowCatalog catalog,
        CancellationToken cancel
    )
    {
        if (body.Note is null)
        {
            return Problems.Bad("'note' is missing.");
        }

        if (NoteFault(body.Note) is { } fault)
        {
            return fault;
        }

        return await control.ChangeBookmarkAsync(id, body.Note, cancel) is { } changed
            ? TypedResults.Ok(BookmarkAnswer.Of(changed, catalog))
            : Unknown(id);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Remove(IControlStore control, long id, CancellationToken cancel) =>
        await control.RemoveBookmarkAsync(id, cancel) ? TypedResults.NoContent() : Unknown(id);

    private static ProblemHttpResult? NoteFault(string? note) =>
        note?.Length > MostNote ? Problems.OverLimit($"A note holds at most {MostNote} characters.", $"{MostNote} characters") : null;

    private static ProblemHttpResult UnknownShow(string name) => Problems.NotFound($"There is no show '{name}' here.");

    private static ProblemHttpResult Unknown(long id) => Problems.NotFound($"There is no bookmark {id}.");
}
