namespace AudioRelay.Streams.Sync.Client;

/// <summary>What lies on both sides of an instant, for finding the place at which to go on with another store.</summary>
/// <param name="After">The first section that starts strictly after it; null when there is none.</param>
/// <param name="BeforeOrEqual">The last section that starts at or before it; null when there is none.</param>
/// <param name="SourceUniqueId">The identity of the store.</param>
/// <param name="MinId">Its oldest segment; 0 for an empty one.</param>
/// <param name="MaxId">Its newest segment; −1 for an empty one.</param>
public sealed record FoundSections(OfferedSection? After, OfferedSection? BeforeOrEqual, string SourceUniqueId, long MinId, long MaxId);
