namespace AudioRelay.Storage.Receiving;

/// <summary>What a batch changes in a received store, in one transaction: the entries in their order, then the segments.</summary>
/// <param name="Entries">To be appended to the store's own journal and applied.</param>
/// <param name="Segments">To be inserted and counted.</param>
/// <param name="Pending">Ends to be remembered until their last segments arrive. A <c>section_closed</c> among the entries drops that section's.</param>
/// <param name="JournalUs">When the newest entry that the batch brought was written at the source, UTC µs; 0 when it brought none.</param>
internal sealed record PullPlan(
    IReadOnlyList<PlannedEntry> Entries,
    IReadOnlyList<PlannedSegment> Segments,
    IReadOnlyList<PendingEnd> Pending,
    long JournalUs
);
