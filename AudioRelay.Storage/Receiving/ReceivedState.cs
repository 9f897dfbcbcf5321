namespace AudioRelay.Storage.Receiving;

/// <summary>What must be known of a received store to say what a batch changes.</summary>
/// <param name="LastId">The largest local segment id ever given; 0 before the first.</param>
/// <param name="Open">The sections that have not ended, by id.</param>
/// <param name="Past">Of the sections that the batch speaks of, those that ended here, hidden and removed ones too.</param>
/// <param name="JournalUs">When the newest entry that was taken was written at the source, UTC µs; 0 before the first.</param>
internal sealed record ReceivedState(long LastId, IReadOnlyList<ReceivedSection> Open, IReadOnlySet<long> Past, long JournalUs = 0);
