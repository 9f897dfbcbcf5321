using AudioRelay.Media.Framing;

namespace AudioRelay.Streams.Capture;

/// <summary>What a station's answer said that the capture must know.</summary>
/// <param name="MetaInterval">Bytes of sound between two metadata blocks (<c>icy-metaint</c>); 0 when there are none.</param>
/// <param name="Codec">The codec its Content-Type names, or null to take what the frames are.</param>
/// <param name="Date">Its Date header; null when there is none.</param>
public readonly record struct ConnectionFacts(int MetaInterval, SourceCodec? Codec = null, DateTimeOffset? Date = null);
