using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Receiving;

namespace AudioRelay.Storage.Sqlite;

/// <summary>What a receiver's file says of how far it is.</summary>
internal static class ReceivedFacts
{
    /// <summary>The sections that have not ended.</summary>
    public static IReadOnlyList<ReceivedSection> Open(Database database)
    {
        var open = new List<ReceivedSection>();
        using var row = database.Query(
            """
            select f.section_id, f.rate, f.samples, f.segments,
                (select utc_us from anchors a where a.section_id = f.section_id order by a.sample, a.rowid limit 1), f.end_us, p.at_us, p.body
            from section_facts f left join pending_ends p on p.section_id = f.section_id where f.ended = 0 order by f.section_id
            """
        );
        while (row.Step())
        {
            var pending = row.IsNull(6) ? null : new PendingEnd(row.Long(6), ReadEnd(database, row.Text(7)));
            open.Add(new ReceivedSection(row.Long(0), row.Int(1), row.Long(2), row.Long(3), row.LongOrNull(4), row.Long(5), pending));
        }

        return open;
    }

    /// <summary>Those of some sections that ended here, hidden and removed ones too.</summary>
    public static IReadOnlySet<long> Past(Database database, IEnumerable<long> sections)
    {
        var past = new HashSet<long>();
        foreach (var section in sections)
        {
            using var row = database
                .Query(
                    "select 1 where exists (select 1 from section_facts where section_id = ?1 and ended = 1) "
                        + "or exists (select 1 from removals where section_id = ?1)"
                )
                .Bind(1, section);
            if (row.Step())
            {
                past.Add(section);
            }
        }

        return past;
    }

    /// <summary>
    /// Up to when what was wanted and kept is known, UTC µs: while a section is open, as far as it is here, because the journal may be ahead of
    /// the segments; else to the newest entry of the source or the newest sound.
    /// </summary>
    public static long KnownUntilUs(Database database)
    {
        using (
            var open = database.Query(
                "select case when segments > 0 then end_us else start_us end from section_facts where ended = 0 order by section_id limit 1"
            )
        )
        {
            if (open.Step())
            {
                return open.Long(0);
            }
        }

        return Math.Max(
            database.Long("select journal_us from sync_fence"),
            database.Long("select end_us from section_facts order by start_us desc limit 1")
        );
    }

    private static SectionClosed ReadEnd(Database database, string body) =>
        JournalBody.Parse("section_closed", body) as SectionClosed
        ?? throw new StorageException(StorageFault.Corrupt, $"An end that {database.Path} remembers is not one.");
}
