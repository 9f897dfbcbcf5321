using AudioRelay.Storage.Receiving;
using Npgsql;

namespace AudioRelay.Storage.Postgres;

/// <summary>The row that says who may write a show and how far it has been pulled, and gives out ids.</summary>
/// <param name="Checkpoint">Who and how far.</param>
/// <param name="JournalUs">When the newest entry of the source's journal was written, UTC µs; 0 before the first.</param>
/// <param name="LastSegmentId">The largest local id given.</param>
/// <param name="LastJournalSeq">The newest entry of the store's own journal.</param>
internal sealed record Fence(SyncCheckpoint Checkpoint, long JournalUs, long LastSegmentId, long LastJournalSeq)
{
    /// <summary>The columns that <see cref="Read"/> wants.</summary>
    public const string Columns = "source_store, next_id, journal_seq, epoch, journal_us, last_segment_id, last_journal_seq";

    /// <summary>As it stands; nothing is locked.</summary>
    public static ValueTask<Fence> ReadAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        OneAsync(connection, $"select {Columns} from sync_fence", cancel);

    /// <summary>Raises the epoch; waits for a batch that is being committed.</summary>
    public static ValueTask<Fence> ClaimAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        OneAsync(connection, $"update sync_fence set epoch = epoch + 1 returning {Columns}", cancel);

    /// <summary>As it stands, kept so until the transaction ends, for what changes the store without moving the checkpoint.</summary>
    public static async ValueTask<Fence> HoldAsync(NpgsqlConnection connection, long epoch, CancellationToken cancel)
    {
        var fence = await OneAsync(connection, $"select {Columns} from sync_fence for update", cancel);
        return fence.Checkpoint.Epoch == epoch ? fence : throw Refuse(fence.Checkpoint, epoch);
    }

    /// <summary>
    /// Adds to a batch that it moves, if it still says what the writer read; else <see cref="PostgresErrorCodes.DivisionByZero"/> keeps what
    /// follows in the batch, the commit, from being done. Last before it, so that the row is locked only for the commit.
    /// </summary>
    public static void Move(NpgsqlBatch batch, SyncCheckpoint from, Fence to) =>
        batch.Add(
            """
            with moved as (
                update sync_fence set source_store = $1, next_id = $2, journal_seq = $3, journal_us = $4, last_segment_id = $5,
                    last_journal_seq = $6
                where epoch = $7 and next_id = $8 and journal_seq = $9 and source_store = $10 returning 1
            ) select 1 / count(*) from moved
            """,
            to.Checkpoint.SourceStore,
            to.Checkpoint.NextId,
            to.Checkpoint.JournalSeq,
            to.JournalUs,
            to.LastSegmentId,
            to.LastJournalSeq,
            from.Epoch,
            from.NextId,
            from.JournalSeq,
            from.SourceStore
        );

    /// <summary>Why a writer may not go on.</summary>
    public static StorageException Refuse(SyncCheckpoint now, long epoch) =>
        new(
            StorageFault.Fenced,
            now.Epoch != epoch
                ? $"Another receiver has taken this show over (claim {now.Epoch}, ours was {epoch}). Nothing was written."
                : $"The store stands at segment {now.NextId} of {now.SourceStore} already. Nothing was written; read the checkpoint again."
        );

    /// <summary>The one row.</summary>
    public static Fence Only(IReadOnlyList<Fence> rows) =>
        rows.Count == 1 ? rows[0] : throw new StorageException(StorageFault.Corrupt, "The show's database has lost its fence row.");

    /// <summary>From <see cref="Columns"/>.</summary>
    public static Fence Read(NpgsqlDataReader row) =>
        new(
            new SyncCheckpoint(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)),
            row.GetInt64(4),
            row.GetInt64(5),
            row.GetInt64(6)
        );

    private static async ValueTask<Fence> OneAsync(NpgsqlConnection connection, string sql, CancellationToken cancel) =>
        Only(await connection.RowsAsync(Read, sql, cancel));
}
