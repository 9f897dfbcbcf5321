namespace AudioRelay.Storage;

/// <summary>The answer to "give me this segment".</summary>
/// <param name="Presence">Whether it is, was, or never was here.</param>
/// <param name="Segment">The segment when it is here.</param>
public sealed record SegmentLookup(Presence Presence, Segment? Segment);
