namespace AudioRelay.Streams.Capture.Stations;

/// <summary>Where a frame stands in its run.</summary>
/// <param name="Run">The run.</param>
/// <param name="Start">The run's sample (at the frames' rate) at its beginning.</param>
/// <param name="ArrivedUs">When it arrived, monotonic µs.</param>
/// <param name="UtcOffsetUs">What makes UTC of the monotonic clock, by the newest reading of both.</param>
internal readonly record struct FramePlace(StationRun Run, long Start, long ArrivedUs, long UtcOffsetUs);
