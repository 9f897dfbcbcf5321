using AudioRelay.Storage.Timeline;

namespace AudioRelay.Storage;

/// <summary>Which titles to list, in time order.</summary>
/// <param name="Range">Only those heard in this range: begun in it, or still running at its start.</param>
/// <param name="SectionId">Only this section's.</param>
/// <param name="Containing">Only those with this text in them, ignoring case.</param>
/// <param name="Limit">At most this many.</param>
/// <param name="Descending">Newest first.</param>
public sealed record TitleQuery(
    UtcRange? Range = null,
    long? SectionId = null,
    string? Containing = null,
    int Limit = 1000,
    bool Descending = false
);
