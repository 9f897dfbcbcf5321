using AudioRelay.Streams.Receiver.Status;

namespace AudioRelay.Streams.Receiver;

/// <summary>How one pass over everything went (<c>receiver --sync-only</c>).</summary>
/// <param name="Complete">True when every wanted show got to where its recorder was when the pass began; a show that another live receiver owns counts.</param>
/// <param name="Report">How each show stands at the end.</param>
public sealed record SyncPassResult(bool Complete, SyncReport Report);
