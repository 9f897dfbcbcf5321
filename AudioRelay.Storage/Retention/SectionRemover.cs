using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Sqlite;

namespace AudioRelay.Storage.Retention;

/// <summary>
/// Removes whole sections that ended before a limit and that nothing holds (I8). In steps, so that recording never waits long: one commit hides
/// sections from every reader, then slices delete them. A crash between two steps leaves hidden sections, which the next run goes on with.
/// </summary>
public sealed class SectionRemover
{
    private const int HiddenPerStep = 256;

    /// <summary>How long the story of what was removed is kept beyond the limit: windows, troubles, removals. After that the past is blank.</summary>
    private static readonly TimeSpan StoryKept = TimeSpan.FromDays(30);

    private readonly Database _database;
    private readonly Action<Action> _transact;
    private readonly Action<long, JournalBody> _append;
    private int _rows = 16;

    /// <summary>Creates it for a store.</summary>
    /// <param name="database">The store's connection.</param>
    /// <param name="transact">Runs a write in a transaction of the store; a receiver's also asks the fence.</param>
    /// <param name="append">Appends to the store's journal inside a transaction.</param>
    internal SectionRemover(Database database, Action<Action> transact, Action<long, JournalBody> append)
    {
        _database = database;
        _transact = transact;
        _append = append;
    }

    /// <summary>
    /// Hides, in one commit, the oldest sections that ended before the limit and that nothing holds, and journals their removal. At most 256;
    /// call again while it gives some.
    /// </summary>
    /// <param name="limitUs">UTC µs; a section that ends at or after it stays whole.</param>
    /// <param name="nowUs">What the journal says as the time of the removal.</param>
    public IReadOnlyList<SectionInfo> HideBefore(long limitUs, long nowUs)
    {
        IReadOnlyList<SectionInfo> expired = [];
        _transact(() =>
        {
            expired = OwnQueries.Expired(_database, limitUs, HiddenPerStep);
            foreach (var section in expired)
            {
                _database.Query("update section_facts set hidden = 1 where section_id = ?1").Bind(1, section.Id).Run();
                _append(
                    nowUs,
                    new SectionRemoved(section.Id, section.StartUs, section.EndUs, section.FirstSegmentId, section.LastSegmentId)
                );
            }
        });
        return expired;
    }

    /// <summary>Deletes a slice of what is hidden, sized by the slices before it to stay within the budget, its commit included.</summary>
    /// <param name="budget">How long the slice may take.</param>
    /// <param name="time">Measures the slice.</param>
    public RetentionSlice DeleteSlice(TimeSpan budget, TimeProvider time)
    {
        var hidden = _database.Long("select min(section_id) from section_facts where hidden = 1");
        if (hidden == 0)
        {
            return new RetentionSlice(0, TimeSpan.Zero, false);
        }

        var began = time.GetTimestamp();
        var deleted = 0;
        _transact(() =>
        {
            deleted = DeleteSegments(hidden, _rows);
            if (deleted < _rows)
            {
                DeleteFacts(hidden);
            }
        });
        var took = time.GetElapsedTime(began);
        Adapt(took, budget);
        return new RetentionSlice(deleted, took, true);
    }

    /// <summary>Drops what the journal says of a past long beyond the limit, and signs of life that a later one replaces.</summary>
    /// <returns>Entries dropped; call again while it is not 0.</returns>
    public int ForgetBefore(long limitUs)
    {
        var horizonUs = limitUs - (long)StoryKept.TotalMicroseconds;
        var dropped = 0L;
        _transact(() =>
        {
            _database
                .Query(
                    """
                    delete from journal where seq in (
                        select seq from journal
                        where at_us < ?1 and kind in ('trouble', 'window_opened', 'window_closed', 'retention')
                            and not (kind = 'window_opened' and json_extract(body, '$.from_us') in (select from_us from windows where until_us is null))
                        or at_us < ?2 and kind = 'alive'
                        order by seq limit 500
                    )
                    """
                )
                .Bind(1, horizonUs)
                .Bind(2, limitUs)
                .Run();
            dropped = _database.Long("select changes()");
            foreach (var table in (string[])["troubles", "windows", "removals"])
            {
                _database.Query($"delete from {table} where until_us < ?1").Bind(1, horizonUs).Run();
            }

            // Stations' troubles are told without an end. The newest one may be going on; the others ended when it, or sound, came.
            _database
                .Query("delete from troubles where until_us is null and from_us < ?1 and from_us < (select max(from_us) from troubles)")
                .Bind(1, horizonUs)
                .Run();
        });
        return (int)dropped;
    }

    /// <summary>
    /// Gives a slice of free pages back to the file system, but only when more than a quarter of the file is free: a store in its steady state
    /// uses its free pages again, and moving pages about would be work for nothing.
    /// </summary>
    /// <returns>True while there is more to give back.</returns>
    public bool ShrinkSlice()
    {
        var free = _database.Long("pragma freelist_count");
        if (free < 1024 || free * 4 < _database.Long("pragma page_count") || _database.Long("pragma auto_vacuum") != 2)
        {
            return false;
        }

        // Outside our transactions: the pragma makes its own, and stepping it to its end moves all the pages asked for.
        using var row = _database.Query("pragma incremental_vacuum(256)");
        while (row.Step())
        {
            // One step per page.
        }

        return true;
    }

    private int DeleteSegments(long sectionId, int rows)
    {
        // The ids first, so that both tables lose the same rows.
        long? last = null;
        using (
            var row = _database
                .Query("select max(id) from (select id from segments where section_id = ?1 order by id limit ?2)")
                .Bind(1, sectionId)
                .Bind(2, rows)
        )
        {
            last = row.Step() ? row.LongOrNull(0) : null;
        }

        if (last is null)
        {
            return 0;
        }

        _database
            .Query("delete from segment_facts where segment_id in (select id from segments where section_id = ?1 and id <= ?2)")
            .Bind(1, sectionId)
            .Bind(2, last)
            .Run();
        _database.Query("delete from segments where section_id = ?1 and id <= ?2").Bind(1, sectionId).Bind(2, last).Run();
        return (int)_database.Long("select changes()");
    }

    /// <summary>The section's last slice takes everything else that was said about it; its entry of kind <c>retention</c> stays.</summary>
    private void DeleteFacts(long sectionId)
    {
        _database
            .Query(
                """
                delete from journal where seq between
                    (select opened_seq from section_facts where section_id = ?1)
                    and (select coalesce(closed_seq, opened_seq) from section_facts where section_id = ?1)
                and kind in ('section_opened', 'section_closed', 'anchor', 'title') and json_extract(body, '$.section') = ?1
                """
            )
            .Bind(1, sectionId)
            .Run();
        TitleTexts.ForgetThoseOf(_database, sectionId);
        foreach (var table in (string[])["titles", "anchors", "section_facts"])
        {
            _database.Query($"delete from {table} where section_id = ?1").Bind(1, sectionId).Run();
        }

        TitleBlocks.ForgetOld(_database);
        _database.Query("delete from sections where id = ?1").Bind(1, sectionId).Run();
    }

    private void Adapt(TimeSpan took, TimeSpan budget)
    {
        if (took > budget / 2)
        {
            _rows = Math.Max(1, _rows / 2);
        }
        else if (took < budget / 4)
        {
            _rows = Math.Min(4096, _rows * 2);
        }
    }
}
