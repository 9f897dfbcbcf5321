namespace AudioRelay.Media.Hls;

/// <summary>One rendition in a multivariant playlist.</summary>
/// <param name="Uri">Its media playlist, relative and unescaped; a query may follow as it is.</param>
/// <param name="Bandwidth">Peak bits per second, containers included.</param>
/// <param name="Codecs">One of <see cref="HlsCodecs"/>.</param>
/// <param name="AverageBandwidth">Average bits per second, if known.</param>
public sealed record Variant(string Uri, int Bandwidth, string Codecs, int? AverageBandwidth = null);
