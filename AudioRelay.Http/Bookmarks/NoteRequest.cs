namespace AudioRelay.Http.Bookmarks;

/// <summary>Another note for a bookmark.</summary>
/// <param name="Note">Up to 500 characters; may be empty.</param>
internal sealed record NoteRequest(string? Note);
