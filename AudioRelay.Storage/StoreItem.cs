using AudioRelay.Storage.Journal;

namespace AudioRelay.Storage;

/// <summary>One thing of a batch: a journal entry when <see cref="Body"/> is set, else a segment.</summary>
/// <param name="AtUs">When the journal entry is written, UTC µs.</param>
/// <param name="Body">The journal entry's body.</param>
/// <param name="Segment">The segment.</param>
public readonly record struct StoreItem(long AtUs, JournalBody? Body, NewSegment Segment);
