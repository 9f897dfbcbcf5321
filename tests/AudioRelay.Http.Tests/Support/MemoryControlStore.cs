using AudioRelay.Storage.Control;

namespace AudioRelay.Http.Tests.Support;

/// <summary>Bookmarks for the length of a test.</summary>
public sealed class MemoryControlStore : IControlStore
{
    private readonly Lock _gate = new();
    private readonly List<Bookmark> _bookmarks = [];
    private long _id;

    public ValueTask<IReadOnlyList<Bookmark>> BookmarksAsync(IReadOnlyCollection<string>? stores, CancellationToken cancel = default)
    {
        lock (_gate)
        {
            return new([
                .. _bookmarks
                    .Where(b => stores is null || stores.Contains(b.Store))
                    .OrderByDescending(b => b.CreatedUs)
                    .ThenByDescending(b => b.Id),
            ]);
        }
    }

    public ValueTask<Bookmark> AddBookmarkAsync(NewBookmark bookmark, CancellationToken cancel = default)
    {
        lock (_gate)
        {
            var added = new Bookmark(++_id, bookmark.Store, bookmark.FromUs, bookmark.UntilUs, bookmark.Note, bookmark.CreatedUs);
            _bookmarks.Add(added);
            return new(added);
        }
    }

    public ValueTask<Bookmark?> ChangeBookmarkAsync(long id, string note, CancellationToken cancel = default)
    {
        lock (_gate)
        {
            var at = _bookmarks.FindIndex(b => b.Id == id);
            return new(at < 0 ? null : _bookmarks[at] = _bookmarks[at] with { Note = note });
        }
    }

    public ValueTask<bool> RemoveBookmarkAsync(long id, CancellationToken cancel = default)
    {
        lock (_gate)
        {
            return new(_bookmarks.RemoveAll(b => b.Id == id) > 0);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
