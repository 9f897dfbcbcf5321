namespace AudioRelay.Http.Bookmarks;

/// <summary>A bookmark to be made.</summary>
/// <param name="Show">The show's name here.</param>
/// <param name="FromUs">UTC µs.</param>
/// <param name="UntilUs">UTC µs; left out for a point.</param>
/// <param name="Note">Up to 500 characters; may be left out.</param>
internal sealed record BookmarkRequest(string? Show, long? FromUs, long? UntilUs, string? Note);
