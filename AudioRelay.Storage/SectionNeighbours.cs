namespace AudioRelay.Storage;

/// <summary>The sections on both sides of an instant, by their start.</summary>
/// <param name="BeforeOrEqual">The last one that starts at or before it.</param>
/// <param name="After">The first one that starts after it.</param>
public sealed record SectionNeighbours(SectionInfo? BeforeOrEqual, SectionInfo? After);
