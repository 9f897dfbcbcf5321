using AudioRelay.Storage;

namespace AudioRelay.Streams.Capture.Spooling;

/// <summary>What a dead process left behind.</summary>
/// <param name="Batch">What the store lacks: the open segment, and the end of the section. Commit it before the show is captured again; may be empty.</param>
/// <param name="Resume">Where the capture may go on; null when the spool does not say.</param>
public sealed record RecoveredSpool(StoreBatch Batch, SpoolResume? Resume);
