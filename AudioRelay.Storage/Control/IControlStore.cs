namespace AudioRelay.Storage.Control;

/// <summary>What a receiver keeps that belongs to no single show: <c>control.sqlite</c>, or the control database (DESIGN §6).</summary>
public interface IControlStore : IAsyncDisposable
{
    /// <summary>All bookmarks, or one show's, newest first.</summary>
    /// <param name="stores">The <c>unique_id</c> of each recorder's store that the show comes from or came from; null for all.</param>
    /// <param name="cancel">Gives up.</param>
    ValueTask<IReadOnlyList<Bookmark>> BookmarksAsync(IReadOnlyCollection<string>? stores, CancellationToken cancel = default);

    /// <summary>Adds a bookmark and gives it its id.</summary>
    ValueTask<Bookmark> AddBookmarkAsync(NewBookmark bookmark, CancellationToken cancel = default);

    /// <summary>Changes a bookmark's note; null when there is none of that id.</summary>
    ValueTask<Bookmark?> ChangeBookmarkAsync(long id, string note, CancellationToken cancel = default);

    /// <summary>Removes a bookmark; false when there was none of that id.</summary>
    ValueTask<bool> RemoveBookmarkAsync(long id, CancellationToken cancel = default);
}
