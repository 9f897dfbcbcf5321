using AudioRelay.Storage.Journal;

namespace AudioRelay.Storage.Receiving;

/// <summary>A section's end that the source has told and whose last segments are not here yet.</summary>
/// <param name="AtUs">When the source wrote it, UTC µs.</param>
/// <param name="Closed">What it wrote.</param>
internal sealed record PendingEnd(long AtUs, SectionClosed Closed);
