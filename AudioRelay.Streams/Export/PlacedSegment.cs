using AudioRelay.Storage;

namespace AudioRelay.Streams.Export;

/// <summary>A stored segment and when its first packet begins on its chain's clock.</summary>
internal readonly record struct PlacedSegment(Segment Segment, long Time);
