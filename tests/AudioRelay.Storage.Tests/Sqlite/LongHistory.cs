using AudioRelay.Storage.Tests.Support;

namespace AudioRelay.Storage.Tests.Sqlite;

/// <summary>A file with a section for each hour of many days, each after a reconnect; written past the store, in seconds.</summary>
internal static class LongHistory
{
    public const long Noon = 1_790_000_000_000_000;
    public const long Hour = 3_600_000_000;
    public const int SegmentsPerSection = 3;

    public static void Write(string path, int days)
    {
        Recording.Create(path).Dispose();
        using var file = Sql.Open(path);
        using var transaction = file.BeginTransaction();
        PredecessorFile.Run(
            file,
            $"""
            create temp table h as with recursive s(n) as (select 0 union all select n + 1 from s where n < {days * 24 - 1})
                select n, {Noon} + n * {Hour} as start, {Noon} + n * {Hour} + 3540000000 as stop from s;
            create temp table k as values (0), (1), (2);
            insert into sections (id, start_timestamp_ms) select start, start / 1000 from h;
            insert into section_facts (section_id, codec, rate, channels, encoder_delay, frame_samples, samples, segments, first_segment_id,
                    last_segment_id, start_us, end_us, end_cause, ended, era)
                select start, 'opus', 48000, 1, 312, 960, 169920000, 3, n * 3 + 1, n * 3 + 3, start, stop, 'disconnected', n < {days * 24
                - 1}, n
                from h;
            insert into segments (id, timestamp_ms, section_id, duration_samples, audio_data)
                select n * 3 + 1 + column1, (start + column1 * 1180000000) / 1000, start, 56640000, x'01020304' from h, k order by 1;
            insert into segment_facts (segment_id, section_id, first_sample, duration_samples, timestamp_ms, starts_section, size)
                select n * 3 + 1 + column1, start, column1 * 56640000, 56640000, (start + column1 * 1180000000) / 1000, column1 = 0, 4 from h, k
                order by 1;
            insert into anchors (section_id, sample, utc_us, cause) select start, 0, start, 'start' from h;
            insert into journal (at_us, kind, body) select start, 'alive', '' from h, k;
            insert into windows (from_us, until_us) select start, start + 24 * {Hour} from h where n % 24 = 0;
            insert into troubles (from_us, cause, until_us) select stop, 'disconnected', stop + 60000000 from h;
            insert into troubles (from_us, cause) select stop + 1, 'silent' from h;
            insert into removals (section_id, from_us, until_us) select n + 1, start - {days * 24} * {Hour}, stop - {days
                * 24} * {Hour} from h;
            insert into title_texts (id, text, folded) select n + 1, 'title ' || n, 'TITLE ' || n from h where n < 100;
            insert into titles (section_id, sample, utc_us, text_id) select start, 0, start, 1 + n % 100 from h;
            """
        );
        transaction.Commit();
    }
}
