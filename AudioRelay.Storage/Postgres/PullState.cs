using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Receiving;
using Npgsql;

namespace AudioRelay.Storage.Postgres;

/// <summary>What a batch goes on from, read in one round trip.</summary>
/// <param name="Fence">Who may write, and how far it is.</param>
/// <param name="Open">The sections that have not ended.</param>
/// <param name="Past">Those the batch speaks of that have.</param>
/// <param name="Source">The small number of the source's store; null before its first batch.</param>
/// <param name="NextSource">The number that the next one gets.</param>
internal sealed record PullState(Fence Fence, IReadOnlyList<ProjectedSection> Open, IReadOnlySet<long> Past, int? Source, int NextSource)
{
    private const string PastOf = """
        select section_id from section_facts where section_id = any($1) and ended
        union select section_id from removals where section_id = any($1)
        """;

    /// <summary>The open sections as the rules want them.</summary>
    public IReadOnlyList<ReceivedSection> OpenSections => [.. Open.Select(s => s.Received)];

    /// <summary>Begins a transaction and reads it.</summary>
    /// <param name="connection">With no transaction.</param>
    /// <param name="sourceStore">The store that the batch comes from.</param>
    /// <param name="sections">The sections that the batch speaks of.</param>
    /// <param name="cancel">Gives up.</param>
    public static async ValueTask<PullState> BeginAsync(
        NpgsqlConnection connection,
        string sourceStore,
        IEnumerable<long> sections,
        CancellationToken cancel
    )
    {
        await using var batch = connection.CreateBatch();
        batch.Add("begin");
        batch.Add($"select {Fence.Columns} from sync_fence");
        batch.Add(
            """
            select f.section_id, f.codec, f.rate, f.channels, f.encoder_delay, f.frame_samples, f.continues, f.chain_samples, f.opened_seq,
                f.samples, f.segments, f.first_segment_id, f.last_segment_id, f.start_us, f.end_us, p.at_us, p.body
            from section_facts f left join pending_ends p using (section_id) where not f.ended order by f.section_id
            """
        );
        batch.Add(
            """
            select a.section_id, a.sample, a.utc_us, a.cause from anchors a join section_facts f using (section_id)
            where not f.ended order by a.section_id, a.sample, a.seq
            """
        );
        batch.Add(PastOf, sections.ToArray());
        batch.Add("select (select number from sources where unique_id = $1), coalesce(max(number), 0) + 1 from sources", sourceStore);
        await using var row = await batch.ExecuteReaderAsync(cancel);
        var fences = await row.AllAsync(Fence.Read, cancel);
        await row.NextResultAsync(cancel);
        var open = await row.AllAsync(ReadSection, cancel);
        await row.NextResultAsync(cancel);
        var byId = open.ToDictionary(s => s.Opened.Section);
        while (await row.ReadAsync(cancel))
        {
            byId[row.GetInt64(0)].Restore(TimelineRows.ReadAnchor(row, 1));
        }

        await row.NextResultAsync(cancel);
        var past = await row.AllAsync(r => r.GetInt64(0), cancel);
        await row.NextResultAsync(cancel);
        await row.ReadAsync(cancel);
        return new PullState(Fence.Only(fences), open, past.ToHashSet(), row.IsDBNull(0) ? null : row.GetInt32(0), row.GetInt32(1));
    }

    /// <summary>Of some sections those that have ended.</summary>
    /// <param name="connection">In a pull's transaction.</param>
    /// <param name="sections">Their ids.</param>
    /// <param name="cancel">Gives up.</param>
    public static async ValueTask<IReadOnlyCollection<long>> PastAsync(
        NpgsqlConnection connection,
        IReadOnlyCollection<long> sections,
        CancellationToken cancel
    ) => await connection.RowsAsync(row => row.GetInt64(0), PastOf, cancel, sections.ToArray());

    private static ProjectedSection ReadSection(NpgsqlDataReader row)
    {
        var opened = new SectionOpened(
            row.GetInt64(0),
            row.GetString(1),
            row.GetInt32(2),
            row.GetInt32(3),
            row.GetInt32(4),
            row.GetInt32(5),
            row.LongOrNull(6),
            row.GetInt64(7)
        );
        var pending =
            row.TextOrNull(16) is { } body && JournalBody.Parse("section_closed", body) is SectionClosed closed
                ? new PendingEnd(row.GetInt64(15), closed)
                : null;
        return new ProjectedSection(
            opened,
            row.GetInt64(8),
            row.GetInt64(9),
            row.GetInt64(10),
            row.LongOrNull(11),
            row.LongOrNull(12),
            row.GetInt64(13),
            row.GetInt64(14)
        )
        {
            Pending = pending,
        };
    }
}
