namespace AudioRelay.Streams.Sync.Feed;

/// <summary>How far a show's store reaches, told after each commit.</summary>
/// <param name="Show">The show's name.</param>
/// <param name="Store">The store's <c>unique_id</c>.</param>
/// <param name="MaxId">Its newest segment id; 0 before the first.</param>
/// <param name="JournalSeq">Its newest journal entry; 0 before the first.</param>
public sealed record ShowPosition(string Show, string Store, long MaxId, long JournalSeq);
