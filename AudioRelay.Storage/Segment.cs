namespace AudioRelay.Storage;

/// <summary>A segment with its bytes.</summary>
/// <param name="Info">Everything but the bytes; the hash is filled when it is known.</param>
/// <param name="Data">The blob as stored.</param>
public sealed record Segment(SegmentInfo Info, byte[] Data);
