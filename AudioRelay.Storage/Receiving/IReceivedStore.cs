using AudioRelay.Storage.Retention;

namespace AudioRelay.Storage.Receiving;

/// <summary>
/// The store of one received show: PostgreSQL or an embedded file. One caller writes at a time (the show's actor); readers are not in its way.
/// Source ids and local ids are both kept: local ids are what is listed and served, they grow by one and survive a change of the source;
/// (source store, source id) is unique.
/// </summary>
/// <remarks>
/// Every write names the checkpoint it goes on from and throws <see cref="StorageException"/> with <see cref="StorageFault.Fenced"/> when the
/// store says something else by now: another receiver has claimed the show, or an earlier commit whose outcome was not known did succeed.
/// Then nothing was written, and <see cref="CheckpointAsync"/> tells which of the two it was.
/// </remarks>
public interface IReceivedStore : IAsyncDisposable
{
    /// <summary>The show's name here, as shown.</summary>
    string Name { get; }

    /// <summary>What the show was at its source when it was opened last; kept in the store, so it is known while the recorder is away.</summary>
    SourceShow Source { get; }

    /// <summary>
    /// The <c>unique_id</c> of each recorder's store that the show comes from or came from before its source was replaced, as it was when it was
    /// opened last: what refers to an old one, as bookmarks do, still means this show.
    /// </summary>
    IReadOnlyCollection<string> Sources { get; }

    /// <summary>Reads what has been committed, while others write.</summary>
    IShowReader Reader { get; }

    /// <summary>Where the next pull goes on, as the store says now.</summary>
    ValueTask<SyncCheckpoint> CheckpointAsync(CancellationToken cancel = default);

    /// <summary>The newest segment that is here of the present source; null when nothing of it is.</summary>
    ValueTask<PulledMark?> NewestPulledAsync(CancellationToken cancel = default);

    /// <summary>Takes the show: whoever had claimed it before can commit no more.</summary>
    /// <returns>The checkpoint, with the new epoch.</returns>
    ValueTask<SyncCheckpoint> ClaimAsync(CancellationToken cancel = default);

    /// <inheritdoc cref="CommitAsync(SyncCheckpoint, PulledBatch, Func{ValueTask{PulledBatch?}}, CancellationToken)"/>
    ValueTask<PullCommit> CommitAsync(SyncCheckpoint from, PulledBatch batch, CancellationToken cancel = default) =>
        CommitAsync(from, batch, () => default, cancel);

    /// <summary>Commits one pull in one transaction, with as much of what follows as the store likes to take into it.</summary>
    /// <remarks>
    /// What goes before and behind the sound of a transaction (a look at where the store stands, the fence, an fsync) costs a server 13 ms,
    /// the sound of 7.5 MB 27 ms: so it takes several batches. A file gains nothing by that and never asks for more.
    /// </remarks>
    /// <param name="from">The checkpoint the pull went on from.</param>
    /// <param name="batch">What it brought.</param>
    /// <param name="next">
    /// Gives the batch after the one it gave last, which is not read any more from then on; null when nothing is to be added. A batch that
    /// cannot be right is left out, and the commit's checkpoint tells; only the first is an error.
    /// </param>
    /// <param name="cancel">Gives up; the outcome is then unknown until the checkpoint is read.</param>
    /// <exception cref="StorageException">
    /// <see cref="StorageFault.Fenced"/>; <see cref="StorageFault.RuleBroken"/> for a batch that cannot be right (a segment of an unknown section,
    /// ids that go back, a hash that is not the data's); <see cref="StorageFault.DiskFull"/>; or what the store itself suffers from.
    /// Nothing was written, except that after <see cref="StorageFault.Unreachable"/> nobody knows.
    /// </exception>
    ValueTask<PullCommit> CommitAsync(
        SyncCheckpoint from,
        PulledBatch batch,
        Func<ValueTask<PulledBatch?>> next,
        CancellationToken cancel = default
    );

    /// <summary>
    /// Goes on with another store of the recorder: sections that were still open end where they are, and pulls go on from <paramref name="nextId"/>
    /// of the new source. What is kept stays. It may be the same store that was put back from a backup and gives ids again.
    /// </summary>
    ValueTask<SyncCheckpoint> ReplaceSourceAsync(
        SyncCheckpoint from,
        SourceShow source,
        long nextId,
        long journalSeq,
        CancellationToken cancel = default
    );

    /// <summary>
    /// Keeps the length that segments aim at from now on: the recorder's configuration may have changed. Growing playlists promise it
    /// (<see cref="ShowInfo.TargetSeconds"/>). The checkpoint stays.
    /// </summary>
    /// <param name="from">The claim under which it is done; only its epoch counts.</param>
    /// <param name="seconds">Seconds; null when the recorder does not tell.</param>
    /// <param name="cancel">Gives up; whether it was written is then unknown.</param>
    ValueTask LearnTargetAsync(SyncCheckpoint from, int? seconds, CancellationToken cancel = default);

    /// <summary>Notes what the recorder is called in the configuration by now; everything else stays.</summary>
    /// <param name="from">The claim under which it is done; only its epoch counts.</param>
    /// <param name="remote">Its name.</param>
    /// <param name="cancel">Gives up.</param>
    ValueTask RenameRemoteAsync(SyncCheckpoint from, string remote, CancellationToken cancel = default);

    /// <summary>Removes whole sections that ended before the limit and that nothing holds (I8), in steps, under the fence.</summary>
    /// <param name="from">The claim under which it is done; only its epoch counts.</param>
    /// <param name="limitUs">UTC µs.</param>
    /// <param name="cancel">Stops between two steps.</param>
    ValueTask<RetentionReport> RetainAsync(SyncCheckpoint from, long limitUs, CancellationToken cancel = default);
}
