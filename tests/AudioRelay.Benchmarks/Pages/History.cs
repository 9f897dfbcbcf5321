using System.Globalization;
using AudioRelay.Benchmarks.Storing;
using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Postgres;
using AudioRelay.Storage.Receiving;
using AudioRelay.Storage.Sqlite;
using AudioRelay.TestKit.Postgres;

namespace AudioRelay.Benchmarks.Pages;

/// <summary>
/// A show that was recorded around the clock: in one section a day, or in one an hour, each of which ends because the station hung up, with a hole
/// of two segments behind it.
/// </summary>
/// <param name="Days">For how long.</param>
/// <param name="Sections">In how many sections a day.</param>
/// <param name="Blob">Bytes of a segment.</param>
internal sealed record History(int Days, int Sections, int Blob)
{
    /// <summary>A year lies before this moment, and it has passed for good.</summary>
    public const long EndMs = 1_790_000_000_000;

    public const long DayMs = 86_400_000;
    public const int PerDay = (int)(DayMs / 1000) / ShowFill.SegmentSeconds;
    private const int Hole = 2;

    /// <summary>Five million segments take minutes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    public long BeginMs => EndMs - (Days * DayMs);

    private long BeginUs => BeginMs * 1000;

    private long LengthUs => DayMs * 1000 / Sections;

    private int PerSection => (PerDay / Sections) - (Sections == 1 ? 0 : Hole);

    /// <summary>Writes it into a file as a recorder would.</summary>
    public void Write(string path)
    {
        using var store = ShowStore.Open(path, ShowFill.Settings, new Random(1));
        var fill = new ShowFill(store, new byte[Blob]);
        for (var day = 0; day < Days; day++)
        {
            var dayUs = BeginUs + (day * DayMs * 1000);
            store.Commit(new StoreBatch().Add(dayUs, new WindowOpened(dayUs)));
            for (var section = 0; section < Sections; section++)
            {
                var startUs = dayUs + (section * LengthUs);
                var endUs = startUs + (PerSection * ShowFill.SegmentSeconds * 1_000_000L);
                fill.Section(startUs, PerSection, perCommit: PerSection / 2);
                if (Sections > 1)
                {
                    store.Commit(new StoreBatch().Add(endUs, new Trouble(GapCause.Disconnected, endUs, startUs + LengthUs)));
                }
            }

            store.Commit(new StoreBatch().Add(dayUs + (DayMs * 1000), new WindowClosed(dayUs + (DayMs * 1000))));
        }
    }

    /// <summary>Puts the same into a new show of a server, past the store: millions of segments within minutes.</summary>
    public async Task Write(PostgresServer server, Uri url, string prefix)
    {
        await using (
            var stores = new PostgresReceivedStores(new PostgresOptions { Url = url, Prefix = prefix }, TimeProvider.System, new Random(1))
        )
        {
            var source = new SourceShow("show", "recorder", "show", "db_show", "opus", "16", $"{ShowFill.Rate}");
            await using var store = await stores.OpenOrCreateAsync(source);
        }

        var samples = (long)ShowFill.SegmentSeconds * ShowFill.Rate;
        var numbers = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            select {BeginUs}::bigint as begin_us, {LengthUs}::bigint as length_us, {PerSection}::bigint as per_section,
                {Days * Sections}::bigint as sections, {samples}::bigint as samples, {ShowFill.SegmentSeconds * 1000}::bigint as ms
            """
        );
        await server.Sql(
            $"""
            create temp table n as {numbers};
            create temp table s as
                select i, begin_us + i * length_us as start_us, begin_us + i * length_us + per_section * ms * 1000 as end_us, n.*
                from n, generate_series(0, sections - 1) i;
            insert into sections select start_us, start_us / 1000 from s;
            insert into section_facts (section_id, codec, rate, channels, encoder_delay, frame_samples, chain_samples, samples, segments,
                    first_segment_id, last_segment_id, start_us, end_us, opened_seq, padding, ended, end_cause)
                select start_us, 'opus', {ShowFill.Rate}, 1, 312, 960, 0, per_section * samples, per_section, i * per_section + 1,
                    (i + 1) * per_section, start_us, end_us, i, 0, true, 'window_end' from s;
            insert into anchors (section_id, sample, seq, utc_us, cause) select start_us, 0, i, start_us, 'start' from s;
            insert into windows select begin_us + d * {DayMs * 1000}, begin_us + (d + 1) * {DayMs * 1000} from n, generate_series(0, {Days
                - 1}) d;
            insert into troubles (from_us, cause, until_us) select end_us, 'disconnected', start_us + length_us from s where end_us < start_us + length_us;
            insert into segment_facts (segment_id, section_id, first_sample, duration_samples, timestamp_ms, source_id, source, size,
                    starts_section, sha256)
                select i * per_section + k + 1, start_us, k * samples, samples, start_us / 1000 + k * ms, i * per_section + k + 1, 1, {Blob}, k = 0,
                    decode(repeat('00', 32), 'hex') from s, generate_series(0::bigint, per_section - 1) k;
            insert into segments (id, timestamp_ms, is_timestamp_from_source, section_id, duration_samples, audio_data)
                select i * per_section + k + 1, start_us / 1000 + k * ms, 0, start_us, samples, decode(repeat('00', {Blob}), 'hex')
                from s, generate_series(0::bigint, per_section - 1) k;
            update sync_fence set last_segment_id = (select max(segment_id) from segment_facts);
            """,
            $"save_audio_{prefix}_show",
            Patience
        );
        // Cannot be in the transaction that several statements of one call are.
        await server.Sql("vacuum analyze", $"save_audio_{prefix}_show", Patience);
    }
}
