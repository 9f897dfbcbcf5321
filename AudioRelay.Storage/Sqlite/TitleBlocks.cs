namespace AudioRelay.Storage.Sqlite;

/// <summary>The texts of 64 neighbouring titles in one row, to be searched together. In the caller's transaction.</summary>
internal static class TitleBlocks
{
    /// <summary>So many titles: their texts fit a page. Part of the schema, so it is never changed.</summary>
    public const int Titles = 64;

    /// <summary>Adds the title that was inserted last.</summary>
    public static void AddLast(Database database, long utcUs, string text) =>
        database
            .Query(
                $"""
                insert into title_blocks (id, from_us, until_us, texts) values (last_insert_rowid() / {Titles}, ?1, ?1, ?2)
                on conflict (id) do update set
                    from_us = min(from_us, excluded.from_us), until_us = max(until_us, excluded.until_us), texts = texts || char(10) || excluded.texts
                """
            )
            .Bind(1, utcUs)
            .Bind(2, TitleTexts.FoldOf(text))
            .Run();

    /// <summary>Drops the blocks before the oldest title.</summary>
    public static void ForgetOld(Database database) =>
        database.Query($"delete from title_blocks where id < (select coalesce(min(rowid), {long.MaxValue}) from titles) / {Titles}").Run();
}
