using AudioRelay.Media.Framing;

namespace AudioRelay.Streams.Capture.Shows;

/// <summary>Where a chain of sections begins.</summary>
/// <param name="Format">What the station's frames are.</param>
/// <param name="Us">When its first sample was sounded, UTC µs.</param>
/// <param name="UtcOffsetUs">What makes UTC of the monotonic clock, for as long as it lasts.</param>
/// <param name="Map">From the run's samples to the chain's.</param>
/// <param name="OverlapFromUs">Set when frames in front of it were dropped: from where their time is covered, UTC µs.</param>
internal readonly record struct ChainStart(FrameFormat Format, long Us, long UtcOffsetUs, ProgrammeMap Map, long? OverlapFromUs);
