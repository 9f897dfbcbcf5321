namespace AudioRelay.Http.Bookmarks;

/// <summary>Bookmarks, newest first.</summary>
internal sealed record BookmarksAnswer(IReadOnlyList<BookmarkAnswer> Bookmarks);
