using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Timeline;

namespace AudioRelay.Storage.Sqlite;

/// <summary>Reads a file that has our tables.</summary>
/// <param name="schema">The file's: one that is only read may not have been written by any release since the tables for searches came.</param>
internal sealed class OwnQueries(int schema) : IShowQueries
{
    private const string SegmentColumns =
        "f.segment_id, f.section_id, f.first_sample, f.duration_samples, f.timestamp_ms, f.starts_section, f.size";

    public (long? MinId, long? MaxId, long JournalSeq) Reach(Database database)
    {
        // Ids grow from section to section, so the ends of the indexes tell; the open section stands in one of its own.
        using var row = database.Query(
            """
            select
                (select min(id) from (
                    select * from (select first_segment_id as id from section_facts
                        where ended = 1 and hidden = 0 and first_segment_id is not null order by first_segment_id limit 1)
                    union all select first_segment_id from section_facts where ended = 0 and hidden = 0)),
                (select max(id) from (
                    select * from (select last_segment_id as id from section_facts
                        where ended = 1 and hidden = 0 and first_segment_id is not null order by first_segment_id desc limit 1)
                    union all select last_segment_id from section_facts where ended = 0 and hidden = 0)),
                (select seq from sqlite_sequence where name = 'journal')
            """
        );
        row.Step();
        return (row.LongOrNull(0), row.LongOrNull(1), row.Long(2));
    }

    public IReadOnlyList<SectionInfo> Sections(Database database, SectionQuery query) =>
        query.Overlapping is { } range ? SectionsIn(database, query, range) : AllSections(database, query);

    public SectionInfo? Section(Database database, long sectionId)
    {
        using var row = database
            .Query($"select {SectionColumns.List} from {SectionColumns.From} where f.section_id = ?1 and f.hidden = 0")
            .Bind(1, sectionId);
        return row.Step() ? SectionColumns.Read(row) : null;
    }

    /// <summary>The newest section, hidden or not.</summary>
    public static SectionInfo? LastSection(Database database)
    {
        using var row = database.Query($"select {SectionColumns.List} from {SectionColumns.From} order by f.section_id desc limit 1");
        return row.Step() ? SectionColumns.Read(row) : null;
    }

    /// <summary>The oldest sections that retention may remove (I8).</summary>
    public static IReadOnlyList<SectionInfo> Expired(Database database, long limitUs, int limit)
    {
        using var row = database
            .Query(
                $"""
                select {SectionColumns.List} from {SectionColumns.From}
                where f.hidden = 0 and f.ended = 1 and f.end_us < ?1
                and not exists (
                    select 1 from holds where holds.from_us < f.end_us and (holds.until_us is null or holds.until_us > f.start_us)
                )
                order by f.section_id limit ?2
                """
            )
            .Bind(1, limitUs)
            .Bind(2, limit);
        return ReadAll(row);
    }

    public Presence SectionPresence(Database database, long sectionId)
    {
        using var row = database
            .Query(
                """
                select (select hidden from section_facts where section_id = ?1), exists (select 1 from removals where section_id = ?1)
                """
            )
            .Bind(1, sectionId);
        row.Step();
        return !row.IsNull(0) && !row.Flag(0) ? Presence.Present
            : !row.IsNull(0) || row.Flag(1) ? Presence.Removed
            : Presence.NeverWas;
    }

    public long? Discontinuities(Database database, long sectionId)
    {
        // A file that an older release writes and this one only looks at has no numbers: there they are counted.
        const string Counted = """
            (select count(*) - 1 from section_facts e where e.segments > 0 and e.hidden = 0 and e.section_id <= f.section_id and not exists (
                select 1 from section_facts p where p.section_id = e.continues and p.segments > 0 and p.hidden = 0))
            """;
        using var row = database
            .Query(
                $"select {(schema >= 6 ? "f.era" : Counted)} from section_facts f where f.section_id = ?1 and f.segments > 0 and f.hidden = 0"
            )
            .Bind(1, sectionId);
        return row.Step() ? row.LongOrNull(0) : null;
    }

    public SectionNeighbours Neighbours(Database database, long timestampMs) =>
        new(
            OneByStart(database, "s.start_timestamp_ms <= ?1", "desc", timestampMs),
            OneByStart(database, "s.start_timestamp_ms > ?1", "asc", timestampMs)
        );

    public IEnumerable<SegmentInfo> Segments(Database database, long fromId, long toId, long? sectionId, int limit, bool withHashes)
    {
        using var row = database
            .Query(
                $"""
                select {SegmentColumns}, {(withHashes ? "f.sha256" : "null")} from segment_facts f
                where f.segment_id between ?1 and ?2 {(sectionId is null ? "" : "and f.section_id = ?4")}
                and f.section_id not in (select section_id from section_facts where hidden = 1)
                order by f.segment_id limit ?3
                """
            )
            .Bind(1, fromId)
            .Bind(2, toId)
            .Bind(3, limit);
        if (sectionId is { } section)
        {
            row.Bind(4, section);
        }

        while (row.Step())
        {
            yield return ReadSegment(row);
        }
    }

    public Segment? Segment(Database database, long segmentId)
    {
        using var row = database
            .Query(
                $"""
                select {SegmentColumns}, f.sha256, g.audio_data from segments g join segment_facts f on f.segment_id = g.id
                where g.id = ?1 and exists (select 1 from section_facts s where s.section_id = g.section_id and s.hidden = 0)
                """
            )
            .Bind(1, segmentId);
        return row.Step() ? new Segment(ReadSegment(row), row.Blob(8)) : null;
    }

    public void Read(Database database, long fromId, long toId, int maxCount, long maxBytes, SegmentVisitor visit)
    {
        using var row = database
            .Query(
                $"""
                select {SegmentColumns}, f.sha256, g.audio_data from segment_facts f join segments g on g.id = f.segment_id
                where f.segment_id between ?1 and ?2 and f.section_id not in (select section_id from section_facts where hidden = 1)
                order by f.segment_id limit ?3
                """
            )
            .Bind(1, fromId)
            .Bind(2, toId)
            .Bind(3, maxCount);
        var cap = new ByteCap(maxBytes);
        while (row.Step() && cap.Takes(row.Int(6))) // the size is told without touching the sound
        {
            visit(ReadSegment(row), row.Bytes(8));
        }
    }

    public long SegmentAt(Database database, SectionInfo section, long sample)
    {
        // First samples grow with the id inside a section, and a section's ids stand together, so halving finds the place in a few reads.
        var (low, high) = (section.FirstSegmentId!.Value, section.LastSegmentId!.Value);
        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            using var row = database
                .Query("select segment_id, first_sample from segment_facts where segment_id <= ?1 order by segment_id desc limit 1")
                .Bind(1, middle);
            row.Step();
            if (row.Long(1) <= sample || row.Long(0) <= low)
            {
                low = middle;
            }
            else
            {
                high = row.Long(0) - 1;
            }
        }

        return low;
    }

    public IReadOnlyList<Anchor> Anchors(Database database, SectionInfo section)
    {
        var anchors = new List<Anchor>();
        using var row = database
            .Query("select sample, utc_us, cause from anchors where section_id = ?1 order by sample, rowid")
            .Bind(1, section.Id);
        while (row.Step())
        {
            anchors.Add(JournalProjection.ReadAnchor(row));
        }

        return anchors;
    }

    public IReadOnlyList<JournalEntry> Journal(Database database, long afterSeq, int limit)
    {
        var entries = new List<JournalEntry>();
        using var row = database
            .Query("select seq, at_us, kind, body from journal where seq > ?1 order by seq limit ?2")
            .Bind(1, afterSeq)
            .Bind(2, limit);
        while (row.Step())
        {
            var body =
                JournalBody.Parse(row.Text(2), row.Text(3))
                ?? throw new StorageException(
                    StorageFault.Corrupt,
                    $"Journal entry {row.Long(0)} of {database.Path} is not a {row.Text(2)}."
                );
            entries.Add(new JournalEntry(row.Long(0), row.Long(1), body));
        }

        return entries;
    }

    public IReadOnlyList<TitleInfo> Titles(Database database, TitleQuery query) =>
        schema >= 3 ? TitleSearch.List(database, query, hasBlocks: schema >= 5) : OldTitles.List(database, query);

    public IReadOnlyList<WindowInfo> Windows(Database database, UtcRange range)
    {
        var windows = new List<WindowInfo>();
        using var row = database
            .Query(
                $"""
                select x.from_us, x.until_us from {Spans.OfEnded("windows")}
                union all select from_us, until_us from windows where until_us is null and +from_us < ?1
                union all select from_us, until_us from windows where from_us >= ?1 and from_us < ?2 and (until_us is null or until_us > ?1)
                order by 1
                """
            )
            .Bind(1, SpanClasses.At(range.FromUs))
            .Bind(2, range.UntilUs);
        while (row.Step())
        {
            windows.Add(new WindowInfo(row.Long(0), row.LongOrNull(1)));
        }

        return windows;
    }

    public long? KnownUntilUs(Database database) => ShowMetadata.Recipient(database) ? ReceivedFacts.KnownUntilUs(database) : null;

    public IReadOnlyList<Explanation> Explanations(Database database, UtcRange range) => GapExplanations.Read(database, range);

    private static List<SectionInfo> AllSections(Database database, SectionQuery query)
    {
        var (order, after) = SectionOrder.Of(query, "?2");
        using var row = database
            .Query(
                $"""
                select {SectionColumns.List} from {SectionColumns.From} where f.hidden = 0 and f.segments > 0 {after}
                order by f.start_us {order}, f.section_id {order} limit ?1
                """
            )
            .Bind(1, query.Limit ?? -1);
        return ReadAll(BindAfter(row, query, 2));
    }

    /// <summary>Those that begin in the range, as many as are wanted, and the few that reach into it.</summary>
    private static List<SectionInfo> SectionsIn(Database database, SectionQuery query, UtcRange range)
    {
        var (order, after) = SectionOrder.Of(query, "?4");
        // The plus keeps SQLite from walking the index of starts where there is a small one of what is open.
        using var row = database
            .Query(
                $"""
                with found (section_id, start_us) as (
                    select * from (
                        select f.section_id, f.start_us from section_facts f
                        where f.start_us >= ?1 and f.start_us < ?2 and f.end_us > ?1 and f.hidden = 0 and f.segments > 0 {after}
                        order by f.start_us {order}, f.section_id {order} limit ?3
                    )
                    union all select x.section_id, x.start_us from {Spans.Sections}
                    union all select section_id, start_us from section_facts where ended = 0 and +start_us < ?1 and end_us > ?1
                )
                select {SectionColumns.List} from found cross join section_facts f on f.section_id = found.section_id
                cross join sections s on s.id = f.section_id
                where f.hidden = 0 and f.segments > 0 {after}
                order by found.start_us {order}, found.section_id {order} limit ?3
                """
            )
            .Bind(1, SpanClasses.At(range.FromUs))
            .Bind(2, range.UntilUs)
            .Bind(3, query.Limit ?? -1);
        return ReadAll(BindAfter(row, query, 4));
    }

    private static Statement BindAfter(Statement row, SectionQuery query, int parameter) =>
        query.After is { } after ? row.Bind(parameter, after) : row;

    private static List<SectionInfo> ReadAll(Statement row)
    {
        var sections = new List<SectionInfo>();
        while (row.Step())
        {
            sections.Add(SectionColumns.Read(row));
        }

        return sections;
    }

    private static SectionInfo? OneByStart(Database database, string condition, string order, long timestampMs)
    {
        using var row = database
            .Query(
                $"""
                select {SectionColumns.List} from {SectionColumns.From} where f.hidden = 0 and f.segments > 0 and {condition}
                order by s.start_timestamp_ms {order}, s.id {order} limit 1
                """
            )
            .Bind(1, timestampMs);
        return row.Step() ? SectionColumns.Read(row) : null;
    }

    private static SegmentInfo ReadSegment(Statement row) =>
        new(row.Long(0), row.Long(1), row.Long(2), row.Long(3), row.Long(4), row.Flag(5), row.Int(6), row.BlobOrNull(7));
}
