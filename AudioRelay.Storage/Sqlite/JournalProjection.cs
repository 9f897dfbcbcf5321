using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Timeline;

namespace AudioRelay.Storage.Sqlite;

/// <summary>
/// Appends to the journal and keeps the tables that are projections of it, in the caller's transaction. The recorder uses it for what it writes
/// and a receiver for what it is sent, so both hold the same tables.
/// </summary>
internal static class JournalProjection
{
    /// <summary>Appends an entry, applies it, and gives its sequence number.</summary>
    public static long Append(Database database, long atUs, JournalBody body)
    {
        database
            .Query("insert into journal (at_us, kind, body) values (?1, ?2, ?3)")
            .Bind(1, atUs)
            .Bind(2, body.Kind)
            .Bind(3, body.ToJson())
            .Run();
        var seq = LastSeq(database);
        Apply(database, seq, body);
        return seq;
    }

    /// <summary>The largest sequence number ever given; 0 before the first.</summary>
    public static long LastSeqOf(Database database) => database.Long("select seq from sqlite_sequence where name = 'journal'");

    /// <summary>The sequence number of the entry this connection appended last.</summary>
    private static long LastSeq(Database database) => database.Long("select last_insert_rowid()");

    /// <summary>Applies an entry that stands in the journal.</summary>
    public static void Apply(Database database, long seq, JournalBody body)
    {
        switch (body)
        {
            case SectionOpened opened:
                Open(database, seq, opened);
                break;
            case SectionClosed closed:
                Close(database, seq, closed);
                break;
            case AnchorSet anchor:
                SetAnchor(database, anchor);
                break;
            case TitleSet title:
                SetTitle(database, title);
                break;
            case WindowOpened window:
                // While one is open the show is wanted already: a restart inside a window does not shorten it.
                database
                    .Query(
                        "insert or ignore into windows (from_us) select ?1 where not exists (select 1 from windows where until_us is null)"
                    )
                    .Bind(1, window.FromUs)
                    .Run();
                break;
            case WindowClosed window:
                database.Query("update windows set until_us = max(from_us, ?1) where until_us is null").Bind(1, window.AtUs).Run();
                break;
            case Trouble trouble:
                SetTrouble(database, trouble);
                break;
            case SectionRemoved removed:
                SetRemoval(database, removed);
                break;
            case Alive:
                break;
            default:
                throw new InvalidOperationException($"The journal kind {body.Kind} has no projection.");
        }
    }

    /// <summary>Where a section's map stands, from the anchors written so far.</summary>
    public static WallMap? MapAround(Database database, long sectionId, int rate, long sample)
    {
        var anchors = new List<Anchor>(2);
        using (
            var before = database
                .Query(
                    "select sample, utc_us, cause from anchors where section_id = ?1 and sample < ?2 order by sample desc, rowid desc limit 1"
                )
                .Bind(1, sectionId)
                .Bind(2, sample)
        )
        {
            if (before.Step())
            {
                anchors.Add(ReadAnchor(before));
            }
        }

        using (
            var after = database
                .Query("select sample, utc_us, cause from anchors where section_id = ?1 and sample >= ?2 order by sample, rowid limit 2")
                .Bind(1, sectionId)
                .Bind(2, sample)
        )
        {
            while (after.Step())
            {
                anchors.Add(ReadAnchor(after));
            }
        }

        return anchors.Count == 0 ? null : new WallMap(rate, anchors);
    }

    /// <summary>An anchor from columns sample, utc_us, cause.</summary>
    public static Anchor ReadAnchor(Statement row) =>
        new(row.Long(0), row.Long(1), WireNames.Parse<AnchorCause>(row.Text(2)) ?? AnchorCause.Start);

    private static void Open(Database database, long seq, SectionOpened opened)
    {
        // The start is not known before the start anchor, which follows; until then the section's id is the best guess.
        database
            .Query("insert or ignore into sections (id, start_timestamp_ms) values (?1, ?2)")
            .Bind(1, opened.Section)
            .Bind(2, opened.Section / 1000)
            .Run();
        database
            .Query(
                """
                insert into section_facts (section_id, codec, rate, channels, encoder_delay, frame_samples, continues, chain_samples,
                    start_us, end_us, opened_seq)
                values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?1, ?1, ?9)
                """
            )
            .Bind(1, opened.Section)
            .Bind(2, opened.Codec)
            .Bind(3, opened.Rate)
            .Bind(4, opened.Channels)
            .Bind(5, opened.EncoderDelay)
            .Bind(6, opened.FrameSamples)
            .Bind(7, opened.Continues)
            .Bind(8, opened.ChainSamples)
            .Bind(9, seq)
            .Run();
    }

    private static void Close(Database database, long seq, SectionClosed closed) =>
        database
            .Query("update section_facts set ended = 1, end_cause = ?2, padding = ?3, closed_seq = ?4 where section_id = ?1")
            .Bind(1, closed.Section)
            .Bind(2, closed.Cause.WireName())
            .Bind(3, closed.Padding)
            .Bind(4, seq)
            .Run();

    private static void SetAnchor(Database database, AnchorSet anchor)
    {
        database
            .Query("insert into anchors (section_id, sample, utc_us, cause) values (?1, ?2, ?3, ?4)")
            .Bind(1, anchor.Section)
            .Bind(2, anchor.Sample)
            .Bind(3, anchor.UtcUs)
            .Bind(4, anchor.Cause.WireName())
            .Run();
        SectionTotals.Refresh(database, anchor.Section);
    }

    private static void SetTitle(Database database, TitleSet title)
    {
        var rate = SectionTotals.RateOf(database, title.Section);
        var utcUs = MapAround(database, title.Section, rate, title.Sample)?.UtcUsAt(title.Sample) ?? title.Section;
        var text = TitleTexts.IdOf(database, title.Text);
        database
            .Query("insert into titles (section_id, sample, utc_us, text_id) values (?1, ?2, ?3, ?4)")
            .Bind(1, title.Section)
            .Bind(2, title.Sample)
            .Bind(3, utcUs)
            .Bind(4, text)
            .Run();
        TitleBlocks.AddLast(database, utcUs, title.Text);
    }

    /// <summary>A trouble that is told again with its end is the same trouble.</summary>
    private static void SetTrouble(Database database, Trouble trouble) =>
        database
            .Query(
                """
                insert into troubles (from_us, cause, until_us, detail) values (?1, ?2, ?3, ?4)
                on conflict (from_us, cause) do update set until_us = excluded.until_us, detail = coalesce(excluded.detail, detail)
                """
            )
            .Bind(1, trouble.FromUs)
            .Bind(2, trouble.Cause.WireName())
            .Bind(3, trouble.UntilUs)
            .Bind(4, trouble.Detail)
            .Run();

    private static void SetRemoval(Database database, SectionRemoved removed) =>
        database
            .Query(
                """
                insert or replace into removals (section_id, from_us, until_us, first_segment_id, last_segment_id)
                values (?1, ?2, ?3, ?4, ?5)
                """
            )
            .Bind(1, removed.Section)
            .Bind(2, removed.FromUs)
            .Bind(3, removed.UntilUs)
            .Bind(4, removed.FirstSegmentId)
            .Bind(5, removed.LastSegmentId)
            .Run();
}
