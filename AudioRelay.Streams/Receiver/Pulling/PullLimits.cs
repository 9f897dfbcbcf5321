namespace AudioRelay.Streams.Receiver.Pulling;

/// <summary>How much is pulled at a time.</summary>
/// <param name="Segments">Most segments in one pull.</param>
/// <param name="Bytes">Most bytes of sound in one pull.</param>
/// <param name="Turn">After this time a show lets the next one pull.</param>
internal sealed record PullLimits(int Segments, long Bytes, TimeSpan Turn);
