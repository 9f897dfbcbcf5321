using AudioRelay.Streams.Receiver.Status;

namespace AudioRelay.Streams.Receiver;

/// <summary>How one pass over everything went (<c>receiver --sync-only</c>).</summary>
/// <param name="Complete">True when every wanted show got to where its recorder was when the pass began; a show that another live receiver owns counts.</param>
/// <param name="Report">How each recorder and each show stood when its part of the pass was over; shows that no recorder feeds too.</param>
/// <param name="Missing">The names here of the shows that did not get there.</param>
public sealed record SyncPassResult(bool Complete, SyncReport Report, IReadOnlySet<string> Missing);
