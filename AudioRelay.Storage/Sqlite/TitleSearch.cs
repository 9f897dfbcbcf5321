using System.Text;

namespace AudioRelay.Storage.Sqlite;

/// <summary>
/// Lists titles. A text is looked for among the different texts, of which there are few as a rule, and if few of them have it, each one's own titles
/// are read from the end from which they are wanted. If many have it, or a station never plays a title twice, the texts of whole blocks of titles
/// are looked through from that end on until there are enough. So neither "the" nor a word that all have stopped to use nor one that never was
/// costs a walk through all titles.
/// </summary>
internal static class TitleSearch
{
    /// <summary>One text's own titles are read in the time in which so many blocks are looked through.</summary>
    private const int BlocksPerText = 3;

    /// <summary>More different texts than these are not looked through: the blocks have them closer together.</summary>
    private const int Repeating = 100_000;

    private const string Columns = "t.section_id, t.sample, t.utc_us, x.text, t.rowid";

    /// <summary>The titles of a query.</summary>
    /// <param name="database">The file.</param>
    /// <param name="query">Which ones.</param>
    /// <param name="hasBlocks">False for a file that is only read and that no release has written since there are blocks of titles.</param>
    public static IReadOnlyList<TitleInfo> List(Database database, TitleQuery query, bool hasBlocks)
    {
        if (query.Limit <= 0)
        {
            return [];
        }

        var fromUs = query.Range is { } range ? HeardSince(database, range.FromUs) : long.MinValue;
        var untilUs = query.Range?.UntilUs ?? long.MaxValue;
        var needle = query.Containing is { Length: > 0 } text ? TitleTexts.FoldOf(StoredText.Clean(text)) : null;
        if (needle is null || query.SectionId is not null || !hasBlocks)
        {
            return All(database, query, fromUs, untilUs, needle);
        }

        if (database.Long("select max(id) from title_texts") > Repeating)
        {
            return InBlocks(database, query, fromUs, untilUs, needle);
        }

        var texts = TextsWith(database, needle);
        var blocks = database.Long("select (select max(id) from title_blocks) - (select min(id) from title_blocks) + 1");
        return texts.Count * BlocksPerText > blocks
            ? InBlocks(database, query, fromUs, untilUs, needle)
            : ByText(database, query, fromUs, untilUs, texts);
    }

    /// <summary>When the title that is heard at an instant began; the instant itself when none is.</summary>
    public static long HeardSince(Database database, long utcUs)
    {
        using var row = database
            .Query(
                """
                select t.utc_us, f.end_us from titles t join section_facts f on f.section_id = t.section_id
                where t.utc_us <= ?1 and f.hidden = 0 order by t.utc_us desc, t.rowid desc limit 1
                """
            )
            .Bind(1, utcUs);
        return row.Step() && row.Long(1) > utcUs ? row.Long(0) : utcUs;
    }

    private static List<TitleInfo> All(Database database, TitleQuery query, long fromUs, long untilUs, string? needle)
    {
        var order = query.Descending ? "desc" : "asc";
        var section = query.SectionId is null ? "" : "and t.section_id = ?5";
        using var row = database
            .Query(
                $"""
                select {Columns} from titles t join title_texts x on x.id = t.text_id join section_facts f on f.section_id = t.section_id
                where f.hidden = 0 and t.utc_us >= ?1 and t.utc_us < ?2 and (?3 is null or instr(x.folded, ?3) > 0) {section}
                order by t.utc_us {order}, t.rowid {order} limit ?4
                """
            )
            .Bind(1, fromUs)
            .Bind(2, untilUs)
            .Bind(3, needle)
            .Bind(4, query.Limit);
        if (query.SectionId is { } id)
        {
            row.Bind(5, id);
        }

        var titles = new List<TitleInfo>();
        while (row.Step())
        {
            titles.Add(Read(row));
        }

        return titles;
    }

    /// <summary>Block by block in the order of their last titles, until none that is left can have one that is wanted.</summary>
    private static List<TitleInfo> InBlocks(Database database, TitleQuery query, long fromUs, long untilUs, string needle)
    {
        var wanted = Encoding.UTF8.GetBytes(needle);
        var best = new PriorityQueue<TitleInfo, (long, long)>();
        using var row = database
            .Query(
                query.Descending
                    ? "select id, until_us, texts from title_blocks where until_us >= ?1 and from_us < ?2 order by until_us desc"
                    : "select id, from_us, texts from title_blocks where until_us >= ?1 and from_us < ?2 order by from_us"
            )
            .Bind(1, fromUs)
            .Bind(2, untilUs);
        while (row.Step())
        {
            if (best.Count == query.Limit && best.TryPeek(out var last, out _))
            {
                if (query.Descending ? row.Long(1) < last.UtcUs : row.Long(1) > last.UtcUs)
                {
                    break;
                }
            }

            if (row.Bytes(2).IndexOf(wanted) >= 0)
            {
                TakeBlock(database, query, row.Long(0), fromUs, untilUs, needle, best);
            }
        }

        return Sorted(best);
    }

    private static void TakeBlock(
        Database database,
        TitleQuery query,
        long block,
        long fromUs,
        long untilUs,
        string needle,
        PriorityQueue<TitleInfo, (long, long)> best
    )
    {
        using var row = database
            .Query(
                $"""
                select {Columns} from titles t cross join title_texts x on x.id = t.text_id join section_facts f on f.section_id = t.section_id
                where t.rowid >= ?1 * {TitleBlocks.Titles} and t.rowid < (?1 + 1) * {TitleBlocks.Titles}
                and f.hidden = 0 and t.utc_us >= ?2 and t.utc_us < ?3 and instr(x.folded, ?4) > 0
                """
            )
            .Bind(1, block)
            .Bind(2, fromUs)
            .Bind(3, untilUs)
            .Bind(4, needle);
        Take(row, query, best);
    }

    private static List<TitleInfo> ByText(Database database, TitleQuery query, long fromUs, long untilUs, HashSet<long> texts)
    {
        var best = new PriorityQueue<TitleInfo, (long, long)>();
        foreach (var text in texts)
        {
            Take(database, query, text, fromUs, untilUs, best);
            if (best.Count == query.Limit && best.TryPeek(out var worst, out _))
            {
                // What lies behind the last one that is wanted need not be read.
                (fromUs, untilUs) = query.Descending
                    ? (Math.Max(fromUs, worst.UtcUs), untilUs)
                    : (fromUs, Math.Min(untilUs, worst.UtcUs + 1));
            }
        }

        return Sorted(best);
    }

    private static List<TitleInfo> Sorted(PriorityQueue<TitleInfo, (long, long)> best)
    {
        var titles = new List<TitleInfo>(best.Count);
        while (best.TryDequeue(out var title, out _))
        {
            titles.Add(title);
        }

        titles.Reverse();
        return titles;
    }

    private static HashSet<long> TextsWith(Database database, string needle)
    {
        var texts = new HashSet<long>();
        using var row = database.Query("select id from title_texts where instr(folded, ?1) > 0").Bind(1, needle);
        while (row.Step())
        {
            texts.Add(row.Long(0));
        }

        return texts;
    }

    private static void Take(
        Database database,
        TitleQuery query,
        long text,
        long fromUs,
        long untilUs,
        PriorityQueue<TitleInfo, (long, long)> best
    )
    {
        var order = query.Descending ? "desc" : "asc";
        using var row = database
            .Query(
                $"""
                select {Columns} from titles t join title_texts x on x.id = t.text_id join section_facts f on f.section_id = t.section_id
                where t.text_id = ?1 and f.hidden = 0 and t.utc_us >= ?2 and t.utc_us < ?3
                order by t.utc_us {order}, t.rowid {order} limit ?4
                """
            )
            .Bind(1, text)
            .Bind(2, fromUs)
            .Bind(3, untilUs)
            .Bind(4, query.Limit);
        Take(row, query, best);
    }

    /// <summary>Keeps of the rows those that are nearest to the end from which titles are wanted.</summary>
    private static void Take(Statement row, TitleQuery query, PriorityQueue<TitleInfo, (long, long)> best)
    {
        var sign = query.Descending ? 1 : -1;
        while (row.Step())
        {
            var title = Read(row);
            best.Enqueue(title, (sign * title.UtcUs, sign * row.Long(4)));
            if (best.Count > query.Limit)
            {
                best.Dequeue();
            }
        }
    }

    private static TitleInfo Read(Statement row) => new(row.Long(0), row.Long(1), row.Long(2), row.Text(3));
}
