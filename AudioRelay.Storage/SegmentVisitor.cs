namespace AudioRelay.Storage;

/// <summary>Is shown a segment while it is read.</summary>
/// <param name="info">The segment; with its hash when that is known.</param>
/// <param name="sound">Its bytes as they stand in the store's memory: lent for the call.</param>
public delegate void SegmentVisitor(SegmentInfo info, ReadOnlySpan<byte> sound);
