namespace AudioRelay.Storage.Sqlite;

/// <summary>The different texts that a show's titles have: few, because programmes repeat. In the caller's transaction.</summary>
internal static class TitleTexts
{
    /// <summary>A text without upper and lower case, as <see cref="StringComparison.OrdinalIgnoreCase"/> compares. SQL knows only ASCII's.</summary>
    public static string FoldOf(string text) => text.ToUpperInvariant();

    /// <summary>The number of a text, given if it has none.</summary>
    public static long IdOf(Database database, string text)
    {
        database
            .Query("insert into title_texts (text, folded) values (?1, ?2) on conflict (text) do nothing")
            .Bind(1, text)
            .Bind(2, FoldOf(text))
            .Run();
        using var row = database.Query("select id from title_texts where text = ?1").Bind(1, text);
        row.Step();
        return row.Long(0);
    }

    /// <summary>The text of a number.</summary>
    public static string Of(Database database, long id)
    {
        using var row = database.Query("select text from title_texts where id = ?1").Bind(1, id);
        return row.Step() ? row.Text(0) : "";
    }

    /// <summary>Drops the texts that only a section's titles have; to be called before those go.</summary>
    public static void ForgetThoseOf(Database database, long sectionId) =>
        database
            .Query(
                """
                delete from title_texts where id in (select text_id from titles where section_id = ?1)
                and not exists (select 1 from titles t where t.text_id = title_texts.id and t.section_id <> ?1)
                """
            )
            .Bind(1, sectionId)
            .Run();

    /// <summary>Folds what the migration could fold for ASCII only.</summary>
    public static void Fold(Database database)
    {
        var changed = new List<(long Id, string Folded)>();
        using (var row = database.Query("select id, text, folded from title_texts"))
        {
            while (row.Step())
            {
                var folded = FoldOf(row.Text(1));
                if (!string.Equals(folded, row.Text(2), StringComparison.Ordinal))
                {
                    changed.Add((row.Long(0), folded));
                }
            }
        }

        foreach (var (id, folded) in changed)
        {
            database.Query("update title_texts set folded = ?2 where id = ?1").Bind(1, id).Bind(2, folded).Run();
        }
    }
}
