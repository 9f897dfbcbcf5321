namespace AudioRelay.Streams.Capture.Spooling;

/// <summary>Where a chunk of packets stands in its section.</summary>
/// <param name="FirstSample">Its first programme sample.</param>
/// <param name="Samples">Programme samples in it.</param>
/// <param name="SourceEndSample">The section's sample at the end of the last frame that was taken in.</param>
internal readonly record struct SpoolChunk(long FirstSample, long Samples, long SourceEndSample);
