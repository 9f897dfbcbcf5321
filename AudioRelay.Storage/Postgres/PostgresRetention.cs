using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Retention;
using Npgsql;

namespace AudioRelay.Storage.Postgres;

/// <summary>
/// Removes whole sections that ended before a limit and that nothing holds (I8), under the fence: each step looks at the epoch in its own
/// transaction. One step hides sections from every reader, then slices delete them; a crash between two leaves hidden ones, which the next pass
/// goes on with. A step is small and is not broken off once it has begun: one that was would be begun anew for ever by whoever has little time
/// for each pass. What the rows took is used again after the server's own vacuum.
/// </summary>
internal sealed class PostgresRetention(PostgresDatabase database, TimeProvider time)
{
    private const int HiddenPerStep = 256;
    private static readonly TimeSpan SliceBudget = RetentionRun.SliceBudget;

    /// <summary>How long the story of what was removed is kept beyond the limit.</summary>
    private static readonly TimeSpan StoryKept = TimeSpan.FromDays(30);

    private int _rows = 64;

    /// <summary>One pass.</summary>
    /// <param name="epoch">The claim it is done under.</param>
    /// <param name="limitUs">UTC µs; a section that ends at or after it stays whole.</param>
    /// <param name="cancel">Stops between two steps.</param>
    public async ValueTask<RetentionReport> RunAsync(long epoch, long limitUs, CancellationToken cancel)
    {
        var sections = new List<long>();
        IReadOnlyList<long> hidden;
        do
        {
            hidden = await StepAsync(epoch, (c, fence, cancel) => HideAsync(c, fence, limitUs, cancel), cancel);
            sections.AddRange(hidden);
        } while (hidden.Count > 0);

        var segments = 0L;
        var longest = TimeSpan.Zero;
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            var began = time.GetTimestamp();
            var deleted = await StepAsync(epoch, (c, _, cancel) => DeleteSliceAsync(c, cancel), cancel);
            if (deleted is not { } rows)
            {
                break;
            }

            segments += rows;
            longest = Adapt(time.GetElapsedTime(began), longest);
        }

        while (await StepAsync(epoch, (c, _, cancel) => ForgetAsync(c, limitUs, cancel), cancel) > 0)
        {
            // Each step drops a bounded number.
        }

        return new RetentionReport(sections, segments, longest);
    }

    private ValueTask<T> StepAsync<T>(
        long epoch,
        Func<NpgsqlConnection, Fence, CancellationToken, ValueTask<T>> step,
        CancellationToken cancel
    )
    {
        cancel.ThrowIfCancellationRequested();
        return database.TransactAsync(
            async (connection, cancel) => await step(connection, await Fence.HoldAsync(connection, epoch, cancel), cancel),
            CancellationToken.None
        );
    }

    private async ValueTask<IReadOnlyList<long>> HideAsync(NpgsqlConnection connection, Fence fence, long limitUs, CancellationToken cancel)
    {
        var expired = await SectionRows.ExpiredAsync(connection, limitUs, HiddenPerStep, cancel);
        if (expired.Count == 0)
        {
            return [];
        }

        var nowUs = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        var projection = new PullProjection(fence, [], []);
        projection.Apply(
            [
                .. expired.Select(s => new Receiving.PlannedEntry(
                    nowUs,
                    new SectionRemoved(s.Id, s.StartUs, s.EndUs, s.FirstSegmentId, s.LastSegmentId)
                )),
            ],
            []
        );
        var ids = expired.Select(s => s.Id).ToArray();
        await using var batch = connection.CreateBatch();
        PullWriter.Journal(batch, projection);
        batch.Add("update section_facts set hidden = true where section_id = any($1)", ids);
        batch.Add("update sync_fence set last_journal_seq = $1", projection.Reached.LastJournalSeq);
        await batch.ExecuteNonQueryAsync(cancel);
        return ids;
    }

    /// <summary>Deletes a slice of the oldest hidden section; null when nothing is hidden.</summary>
    private async ValueTask<int?> DeleteSliceAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var found = await connection.RowsAsync(
            row => (Id: row.GetInt64(0), Last: row.LongOrNull(1), OpenedSeq: row.GetInt64(2), ClosedSeq: row.LongOrNull(3)),
            """
            select section_id, last_segment_id, opened_seq, closed_seq from section_facts where hidden order by section_id limit 1
            """,
            cancel
        );
        if (found.Count == 0)
        {
            return null;
        }

        var (section, last, openedSeq, closedSeq) = found[0];
        // A section's ids stand together; what is left of them begins at its smallest.
        var deleted = await connection.RowsAsync(
            row => row.GetInt64(0),
            """
            delete from segment_facts where segment_id = any(array(
                select segment_id from segment_facts
                where segment_id >= (select first_segment_id from section_facts where section_id = $1) and segment_id <= $2::bigint
                order by segment_id limit $3)) returning segment_id
            """,
            cancel,
            section,
            last,
            _rows
        );
        if (deleted.Count > 0)
        {
            await connection.RunAsync("delete from segments where id between $1 and $2", cancel, deleted.Min(), deleted.Max());
        }

        if (deleted.Count < _rows)
        {
            await ForgetSectionAsync(connection, section, openedSeq, closedSeq ?? openedSeq, cancel);
        }
        else
        {
            // The next slice begins behind this one instead of reading over what is gone.
            await connection.RunAsync(
                "update section_facts set first_segment_id = $2 where section_id = $1",
                cancel,
                section,
                deleted.Max() + 1
            );
        }

        return deleted.Count;
    }

    /// <summary>A section's last slice takes everything else that was said about it; its entry of kind <c>retention</c> stays.</summary>
    private static async ValueTask ForgetSectionAsync(
        NpgsqlConnection connection,
        long section,
        long openedSeq,
        long closedSeq,
        CancellationToken cancel
    )
    {
        await using var batch = connection.CreateBatch();
        batch.Add(
            """
            delete from journal where seq between $2 and $3 and kind in ('section_opened', 'section_closed', 'anchor', 'title')
            and (body::json ->> 'section')::bigint = $1
            """,
            section,
            openedSeq,
            closedSeq
        );
        foreach (var table in (string[])["titles", "anchors", "pending_ends", "section_facts"])
        {
            batch.Add($"delete from {table} where section_id = $1", section);
        }

        TitleBlocks.ForgetOld(batch);
        batch.Add("delete from sections where id = $1", section);
        await batch.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Drops what the journal says of a past long beyond the limit, and signs of life that a later one replaces.</summary>
    private static async ValueTask<int> ForgetAsync(NpgsqlConnection connection, long limitUs, CancellationToken cancel)
    {
        var horizonUs = limitUs - (long)StoryKept.TotalMicroseconds;
        var dropped = await connection.RunAsync(
            """
            delete from journal where seq = any(array(select seq from journal where kind = 'alive' and at_us < $1 order by at_us limit 500))
            """,
            cancel,
            limitUs
        );
        dropped += await connection.RunAsync(
            """
            delete from journal where seq = any(array(
                select seq from journal
                where kind in ('trouble', 'window_opened', 'window_closed', 'retention') and at_us < $1
                    and not (kind = 'window_opened'
                        and (body::json ->> 'from_us')::bigint in (select from_us from windows where until_us is null))
                order by at_us limit 500))
            """,
            cancel,
            horizonUs
        );
        foreach (var table in (string[])["troubles", "windows", "removals"])
        {
            // By the index over when they begin. Each stands for an entry of the journal, of which a step drops so many.
            dropped += await connection.RunAsync(
                $"""
                delete from {table} where ctid = any(array(
                    select ctid from {table} where from_us < $1 and until_us < $1 order by from_us limit 500))
                """,
                cancel,
                horizonUs
            );
        }

        // Troubles are told without an end. The newest one may be going on; the others ended when it, or sound, came.
        await connection.RunAsync(
            "delete from troubles where until_us is null and from_us < $1 and from_us < (select max(from_us) from troubles)",
            cancel,
            horizonUs
        );
        return dropped;
    }

    private TimeSpan Adapt(TimeSpan took, TimeSpan longest)
    {
        if (took > SliceBudget / 2)
        {
            _rows = Math.Max(1, _rows / 2);
        }
        else if (took < SliceBudget / 4)
        {
            _rows = Math.Min(4096, _rows * 2);
        }

        return took > longest ? took : longest;
    }
}
