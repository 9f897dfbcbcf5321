namespace AudioRelay.Storage.Control;

/// <summary>A bookmark before it has an id.</summary>
/// <inheritdoc cref="Bookmark" path="/param"/>
public sealed record NewBookmark(string Store, long FromUs, long? UntilUs, string Note, long CreatedUs);
