namespace AudioRelay.Storage.Sqlite;

/// <summary>Titles of a file that is read but was never opened for writing since texts have a table of their own: a walk through all.</summary>
internal static class OldTitles
{
    public static IReadOnlyList<TitleInfo> List(Database database, TitleQuery query)
    {
        var titles = Walk(database, query);
        if (query.Containing is { Length: > 0 } text)
        {
            titles = titles.Where(t => t.Text.Contains(text, StringComparison.OrdinalIgnoreCase));
        }

        return [.. titles.Take(query.Limit)];
    }

    private static IEnumerable<TitleInfo> Walk(Database database, TitleQuery query)
    {
        var order = query.Descending ? "desc" : "asc";
        using var row = database
            .Query(
                $"""
                select t.section_id, t.sample, t.utc_us, t.text from titles t join section_facts f on f.section_id = t.section_id
                where f.hidden = 0 and t.utc_us >= ?1 and t.utc_us < ?2 and (?3 is null or t.section_id = ?3)
                order by t.utc_us {order}, t.rowid {order}
                """
            )
            .Bind(1, query.Range is { } range ? TitleSearch.HeardSince(database, range.FromUs) : long.MinValue)
            .Bind(2, query.Range?.UntilUs ?? long.MaxValue)
            .Bind(3, query.SectionId);
        while (row.Step())
        {
            yield return new TitleInfo(row.Long(0), row.Long(1), row.Long(2), row.Text(3));
        }
    }
}
