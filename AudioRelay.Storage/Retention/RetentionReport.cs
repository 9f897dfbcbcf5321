namespace AudioRelay.Storage.Retention;

/// <summary>What a pass of retention did.</summary>
/// <param name="Sections">Sections it hid.</param>
/// <param name="Segments">Segments it deleted, also of sections that an earlier pass had hidden.</param>
/// <param name="LongestSlice">The longest that one deleting step held the store's thread.</param>
public sealed record RetentionReport(IReadOnlyList<long> Sections, long Segments, TimeSpan LongestSlice);
