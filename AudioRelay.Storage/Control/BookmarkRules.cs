namespace AudioRelay.Storage.Control;

/// <summary>What a bookmark may be, the same for every control store. What is refused is a caller's bug: it was to ask first.</summary>
public static class BookmarkRules
{
    /// <summary>Most characters of a note.</summary>
    public const int LongestNote = 500;

    /// <summary>Refuses a bookmark that cannot be kept.</summary>
    /// <exception cref="ArgumentException">It names no store, ends before it begins, or its note is too long.</exception>
    public static void Check(NewBookmark bookmark)
    {
        ArgumentException.ThrowIfNullOrEmpty(bookmark.Store);
        if (bookmark.UntilUs <= bookmark.FromUs)
        {
            throw new ArgumentException("A bookmark ends after it begins.", nameof(bookmark));
        }

        CheckNote(bookmark.Note);
    }

    /// <summary>Refuses a note that cannot be kept.</summary>
    /// <exception cref="ArgumentException">It is longer than <see cref="LongestNote"/>, or holds a NUL, which no database keeps as it is.</exception>
    public static void CheckNote(string note)
    {
        ArgumentNullException.ThrowIfNull(note);
        if (note.Length > LongestNote || note.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException($"A note has up to {LongestNote} characters and no NUL.", nameof(note));
        }
    }
}
