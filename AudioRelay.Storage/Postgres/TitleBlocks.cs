using AudioRelay.Storage.Journal;
using Npgsql;

namespace AudioRelay.Storage.Postgres;

/// <summary>The texts of neighbouring titles in one row, to be searched together.</summary>
internal static class TitleBlocks
{
    /// <summary>So many entries of the journal, all of which may be titles: their texts fit a page. Part of the schema, so it is never changed.</summary>
    public const int Entries = 128;

    /// <summary>Adds titles.</summary>
    public static void Add(NpgsqlBatch batch, IEnumerable<(long Seq, TitleSet Title, long UtcUs)> titles)
    {
        foreach (var block in titles.GroupBy(t => t.Seq / Entries))
        {
            batch.Add(
                """
                insert into title_blocks (id, from_us, until_us, texts) values ($1, $2, $3, $4)
                on conflict (id) do update set from_us = least(title_blocks.from_us, excluded.from_us),
                    until_us = greatest(title_blocks.until_us, excluded.until_us), texts = title_blocks.texts || E'\n' || excluded.texts
                """,
                block.Key,
                block.Min(t => t.UtcUs),
                block.Max(t => t.UtcUs),
                string.Join('\n', block.Select(t => TitleGrams.Fold(StoredText.Clean(t.Title.Text))))
            );
        }
    }

    /// <summary>Drops the blocks before the oldest title.</summary>
    public static void ForgetOld(NpgsqlBatch batch) =>
        batch.Add($"delete from title_blocks where id < (select coalesce(min(seq), {long.MaxValue}) from titles) / {Entries}");
}
