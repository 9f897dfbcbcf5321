using AudioRelay.Storage;

namespace AudioRelay.Streams.Capture.Spooling;

/// <summary>Where a finished segment ends in a spool, and what is needed to read on from there.</summary>
/// <param name="Section">Its section.</param>
/// <param name="Known">The section's last anchors.</param>
/// <param name="Written">Bytes that were appended up to there.</param>
/// <param name="Hashes">Hashes of frames that were taken in up to there.</param>
internal sealed record SpoolMark(SpoolSection Section, Anchor[] Known, long Written, long Hashes);
