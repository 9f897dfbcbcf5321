namespace AudioRelay.Storage.Sqlite;

/// <summary>
/// Lists titles. A text is looked for among the different texts, of which there are few, and not among the titles. If few texts have it, each
/// one's own titles are read from the end from which they are wanted; if many have it, some thousands of titles at that end are walked through
/// first, which then nearly always is enough. So neither "the" nor a word that never was costs a walk through all titles.
/// </summary>
internal static class TitleSearch
{
    /// <summary>So many texts are read one by one without a walk before.</summary>
    private const int Few = 500;

    /// <summary>How many titles are walked through.</summary>
    private const int Walked = 5_000;

    private const string Columns = "t.section_id, t.sample, t.utc_us, x.text, t.rowid";

    public static IReadOnlyList<TitleInfo> List(Database database, TitleQuery query)
    {
        if (query.Limit <= 0)
        {
            return [];
        }

        var fromUs = query.Range is { } range ? HeardSince(database, range.FromUs) : long.MinValue;
        var untilUs = query.Range?.UntilUs ?? long.MaxValue;
        var needle = query.Containing is { Length: > 0 } text ? TitleTexts.FoldOf(StoredText.Clean(text)) : null;
        if (needle is null || query.SectionId is not null)
        {
            return All(database, query, fromUs, untilUs, needle);
        }

        var texts = TextsWith(database, needle);
        var walked = texts.Count > Few ? Walk(database, query, fromUs, untilUs, texts) : [];
        return walked.Count == query.Limit ? walked : ByText(database, query, fromUs, untilUs, texts);
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

    private static List<TitleInfo> Walk(Database database, TitleQuery query, long fromUs, long untilUs, HashSet<long> texts)
    {
        var order = query.Descending ? "desc" : "asc";
        using var row = database
            .Query(
                $"""
                select t.section_id, t.sample, t.utc_us, t.text_id from titles t join section_facts f on f.section_id = t.section_id
                where f.hidden = 0 and t.utc_us >= ?1 and t.utc_us < ?2 order by t.utc_us {order}, t.rowid {order} limit ?3
                """
            )
            .Bind(1, fromUs)
            .Bind(2, untilUs)
            .Bind(3, Walked);
        var titles = new List<TitleInfo>();
        while (titles.Count < query.Limit && row.Step())
        {
            if (texts.Contains(row.Long(3)))
            {
                titles.Add(new TitleInfo(row.Long(0), row.Long(1), row.Long(2), TitleTexts.Of(database, row.Long(3))));
            }
        }

        return titles;
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
        var (order, sign) = query.Descending ? ("desc", 1) : ("asc", -1);
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
