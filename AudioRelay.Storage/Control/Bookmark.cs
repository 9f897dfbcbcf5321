namespace AudioRelay.Storage.Control;

/// <summary>A place somebody wants to find again: a time in a show, never a segment id, so it means the same on recorder and receiver.</summary>
/// <param name="Id">Given by the store.</param>
/// <param name="Store">The <c>unique_id</c> of the recorder's store that the show came from then; its source may have been replaced since.</param>
/// <param name="FromUs">UTC µs.</param>
/// <param name="UntilUs">UTC µs; null for a point.</param>
/// <param name="Note">What somebody wrote; up to 500 characters, may be empty.</param>
/// <param name="CreatedUs">When it was made, UTC µs.</param>
public sealed record Bookmark(long Id, string Store, long FromUs, long? UntilUs, string Note, long CreatedUs);
