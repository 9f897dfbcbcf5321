using AudioRelay.Storage.Timeline;

namespace AudioRelay.Storage;

/// <summary>Which sections to list. Sections without a segment are never listed.</summary>
/// <param name="Overlapping">Only those that share time with this range; null for all. An empty or inverted range matches nothing.</param>
/// <param name="Descending">Newest first.</param>
/// <param name="After">Continue after this section of the page before; null for the first page.</param>
/// <param name="Limit">At most this many; null for all.</param>
public sealed record SectionQuery(UtcRange? Overlapping = null, bool Descending = false, long? After = null, int? Limit = null);
