namespace AudioRelay.Streams.Capture;

/// <summary>How far a show's store reaches when its capture begins.</summary>
/// <param name="LastSection">Its newest section; 0 when it has none.</param>
/// <param name="CoveredUntilUs">Where the next section may begin at the earliest, UTC µs; null when it has none.</param>
public readonly record struct ShowPosition(long LastSection = 0, long? CoveredUntilUs = null);
