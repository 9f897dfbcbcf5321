namespace AudioRelay.Storage;

/// <summary>What a commit gave out, and how far the store reaches after it.</summary>
/// <param name="FirstSegmentId">Id of the batch's first segment; the others follow by one. Null when it had none.</param>
/// <param name="Segments">Number of segments in the batch.</param>
/// <param name="MaxId">Largest segment id ever given in this store; 0 before the first.</param>
/// <param name="JournalSeq">Largest journal sequence number; 0 before the first.</param>
public readonly record struct CommitResult(long? FirstSegmentId, int Segments, long MaxId, long JournalSeq);
