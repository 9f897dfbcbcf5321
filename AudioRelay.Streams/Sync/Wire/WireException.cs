namespace AudioRelay.Streams.Sync.Wire;

/// <summary>Bytes that are not a segment stream, or not an intact one. Nothing of them may be kept.</summary>
public sealed class WireException(string message) : Exception(message);
