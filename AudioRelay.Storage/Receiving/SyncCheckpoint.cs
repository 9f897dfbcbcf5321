namespace AudioRelay.Storage.Receiving;

/// <summary>
/// How far a show has been pulled and who may go on: one row beside the data, moved in the transaction that inserts the data
/// (DESIGN §4, §6). A batch commits only where the row still says what the writer read, so nothing is inserted twice and nobody
/// who has been replaced writes again.
/// </summary>
/// <param name="SourceStore">The <c>unique_id</c> of the recorder's store that the ids are of.</param>
/// <param name="NextId">The first segment id of the source that has not been read; 1 at the beginning.</param>
/// <param name="JournalSeq">The newest journal entry of the source that has been read; 0 at the beginning, and for a source without a journal.</param>
/// <param name="Epoch">Grows with each claim; only the newest claimant commits.</param>
public sealed record SyncCheckpoint(string SourceStore, long NextId, long JournalSeq, long Epoch);
