using AudioRelay.Http.Shows;
using AudioRelay.Storage.Control;

namespace AudioRelay.Http.Bookmarks;

/// <summary>A bookmark as it is told.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Show">The show's name here; null when no show here comes or came from that store.</param>
/// <param name="Store">The <c>unique_id</c> of the recorder's store.</param>
/// <param name="FromUs">UTC µs.</param>
/// <param name="UntilUs">UTC µs; null for a point.</param>
/// <param name="Note">What somebody wrote.</param>
/// <param name="CreatedUs">When it was made, UTC µs.</param>
internal sealed record BookmarkAnswer(long Id, string? Show, string Store, long FromUs, long? UntilUs, string Note, long CreatedUs)
{
    public static BookmarkAnswer Of(Bookmark bookmark, IShowCatalog catalog) =>
        new(
            bookmark.Id,
            catalog.Shows.FirstOrDefault(show => show.Sources.Contains(bookmark.Store))?.Name,
            bookmark.Store,
            bookmark.FromUs,
            bookmark.UntilUs,
            bookmark.Note,
            bookmark.CreatedUs
        );
}
