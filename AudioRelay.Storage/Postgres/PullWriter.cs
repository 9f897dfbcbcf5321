using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Receiving;
using AudioRelay.Storage.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace AudioRelay.Storage.Postgres;

/// <summary>Writes what a batch has become, in the caller's transaction: what may be much by COPY, the rest in one round trip.</summary>
internal static class PullWriter
{
    /// <summary>Copies the sound and what lists need of it.</summary>
    public static async ValueTask SegmentsAsync(
        NpgsqlConnection connection,
        IReadOnlyList<PlannedSegment> segments,
        string sourceStore,
        CancellationToken cancel
    )
    {
        if (segments.Count == 0)
        {
            return;
        }

        var source = await SourceAsync(connection, sourceStore, cancel);
        await using (
            var copy = await connection.BeginBinaryImportAsync(
                "copy segments (id, timestamp_ms, is_timestamp_from_source, section_id, duration_samples, audio_data) from stdin (format binary)",
                cancel
            )
        )
        {
            foreach (var (id, _, starts, pulled, _) in segments)
            {
                await copy.StartRowAsync(cancel);
                await copy.WriteAsync(id, NpgsqlDbType.Bigint, cancel);
                await copy.WriteAsync(pulled.TimestampMs, NpgsqlDbType.Bigint, cancel);
                await copy.WriteAsync(starts ? 1 : 0, NpgsqlDbType.Integer, cancel);
                await copy.WriteAsync(pulled.SectionId, NpgsqlDbType.Bigint, cancel);
                await copy.WriteAsync(pulled.DurationSamples, NpgsqlDbType.Bigint, cancel);
                await copy.WriteAsync(pulled.Data, NpgsqlDbType.Bytea, cancel);
            }

            await copy.CompleteAsync(cancel);
        }

        await using var facts = await connection.BeginBinaryImportAsync(
            """
            copy segment_facts (segment_id, section_id, first_sample, duration_samples, timestamp_ms, source_id, source, size, starts_section,
                sha256) from stdin (format binary)
            """,
            cancel
        );
        foreach (var (id, first, starts, pulled, hash) in segments)
        {
            await facts.StartRowAsync(cancel);
            await facts.WriteAsync(id, NpgsqlDbType.Bigint, cancel);
            await facts.WriteAsync(pulled.SectionId, NpgsqlDbType.Bigint, cancel);
            await facts.WriteAsync(first, NpgsqlDbType.Bigint, cancel);
            await facts.WriteAsync(pulled.DurationSamples, NpgsqlDbType.Bigint, cancel);
            await facts.WriteAsync(pulled.TimestampMs, NpgsqlDbType.Bigint, cancel);
            await facts.WriteAsync(pulled.SourceId, NpgsqlDbType.Bigint, cancel);
            await facts.WriteAsync(source, NpgsqlDbType.Integer, cancel);
            await facts.WriteAsync(pulled.Data.Length, NpgsqlDbType.Integer, cancel);
            await facts.WriteAsync(starts, NpgsqlDbType.Boolean, cancel);
            await facts.WriteAsync(hash, NpgsqlDbType.Bytea, cancel);
        }

        await facts.CompleteAsync(cancel);
    }

    /// <summary>Copies the journal's new entries, and the anchors and titles among them.</summary>
    public static async ValueTask JournalAsync(NpgsqlConnection connection, PullProjection projection, CancellationToken cancel)
    {
        if (projection.Journal.Count > 0)
        {
            await using var copy = await connection.BeginBinaryImportAsync(
                "copy journal (seq, at_us, kind, body) from stdin (format binary)",
                cancel
            );
            foreach (var entry in projection.Journal)
            {
                await copy.StartRowAsync(cancel);
                await copy.WriteAsync(entry.Seq, NpgsqlDbType.Bigint, cancel);
                await copy.WriteAsync(entry.AtUs, NpgsqlDbType.Bigint, cancel);
                await copy.WriteAsync(entry.Kind, NpgsqlDbType.Text, cancel);
                await copy.WriteAsync(PostgresText.Clean(entry.Body.ToJson()), NpgsqlDbType.Text, cancel);
            }

            await copy.CompleteAsync(cancel);
        }

        if (projection.Anchors.Count > 0)
        {
            await using var copy = await connection.BeginBinaryImportAsync(
                "copy anchors (section_id, sample, seq, utc_us, cause) from stdin (format binary)",
                cancel
            );
            foreach (var (seq, anchor) in projection.Anchors)
            {
                await copy.StartRowAsync(cancel);
                await copy.WriteAsync(anchor.Section, NpgsqlDbType.Bigint, cancel);
                await copy.WriteAsync(anchor.Sample, NpgsqlDbType.Bigint, cancel);
                await copy.WriteAsync(seq, NpgsqlDbType.Bigint, cancel);
                await copy.WriteAsync(anchor.UtcUs, NpgsqlDbType.Bigint, cancel);
                await copy.WriteAsync(anchor.Cause.WireName(), NpgsqlDbType.Text, cancel);
            }

            await copy.CompleteAsync(cancel);
        }

        await TitlesAsync(connection, projection.Titles, cancel);
    }

    /// <summary>Writes what else there is, in one round trip: sections with their totals, told ends, windows, troubles.</summary>
    public static async ValueTask FactsAsync(
        NpgsqlConnection connection,
        PullProjection projection,
        IReadOnlyList<PendingEnd> pending,
        CancellationToken cancel
    )
    {
        await using var batch = connection.CreateBatch();
        foreach (var section in projection.Changed)
        {
            if (section.IsStored)
            {
                Update(batch, section);
            }
            else
            {
                Insert(batch, section);
            }

            if (section.Closed is not null)
            {
                batch.Add("delete from pending_ends where section_id = $1", section.Opened.Section);
            }
        }

        foreach (var end in pending)
        {
            batch.Add(
                """
                insert into pending_ends (section_id, at_us, body) values ($1, $2, $3)
                on conflict (section_id) do update set at_us = excluded.at_us, body = excluded.body
                """,
                end.Closed.Section,
                end.AtUs,
                end.Closed.ToJson()
            );
        }

        foreach (var body in projection.Others)
        {
            Apply(batch, body);
        }

        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync(cancel);
        }
    }

    /// <summary>The small number of a recorder's store; the first batch from one gives it.</summary>
    private static async ValueTask<int> SourceAsync(NpgsqlConnection connection, string sourceStore, CancellationToken cancel)
    {
        var known = await connection.ValueAsync<int>("select number from sources where unique_id = $1", cancel, sourceStore);
        return known != 0
            ? known
            : await connection.ValueAsync<int>(
                "insert into sources (number, unique_id) select coalesce(max(number), 0) + 1, $1 from sources returning number",
                cancel,
                sourceStore
            );
    }

    /// <summary>Copies titles, with what a search needs.</summary>
    public static async ValueTask TitlesAsync(
        NpgsqlConnection connection,
        List<(long Seq, TitleSet Title, long UtcUs)> titles,
        CancellationToken cancel
    )
    {
        if (titles.Count == 0)
        {
            return;
        }

        await using var copy = await connection.BeginBinaryImportAsync(
            "copy titles (seq, section_id, sample, utc_us, text, folded, grams) from stdin (format binary)",
            cancel
        );
        foreach (var (seq, title, utcUs) in titles)
        {
            var text = PostgresText.Clean(title.Text);
            var folded = TitleGrams.Fold(text);
            await copy.StartRowAsync(cancel);
            await copy.WriteAsync(seq, NpgsqlDbType.Bigint, cancel);
            await copy.WriteAsync(title.Section, NpgsqlDbType.Bigint, cancel);
            await copy.WriteAsync(title.Sample, NpgsqlDbType.Bigint, cancel);
            await copy.WriteAsync(utcUs, NpgsqlDbType.Bigint, cancel);
            await copy.WriteAsync(text, NpgsqlDbType.Text, cancel);
            await copy.WriteAsync(folded, NpgsqlDbType.Text, cancel);
            await copy.WriteAsync(TitleGrams.Of(folded), NpgsqlDbType.Array | NpgsqlDbType.Integer, cancel);
        }

        await copy.CompleteAsync(cancel);
    }

    private static void Insert(NpgsqlBatch batch, ProjectedSection section)
    {
        var opened = section.Opened;
        // A store may hold a section of the same id that was removed: its facts are gone, its row may still be there.
        batch.Add(
            "insert into sections (id, start_timestamp_ms) values ($1, $2) on conflict (id) do update set start_timestamp_ms = $2",
            opened.Section,
            Times.ToMs(section.StartUs)
        );
        batch.Add(
            """
            insert into section_facts (section_id, codec, rate, channels, encoder_delay, frame_samples, continues, chain_samples, opened_seq,
                samples, segments, first_segment_id, last_segment_id, start_us, end_us, closed_seq, padding, ended, end_cause)
            values ($1, $2, $3, $4, $5, $6, $7::bigint, $8, $9, $10, $11, $12::bigint, $13::bigint, $14, $15, $16::bigint, $17, $18, $19::text)
            """,
            opened.Section,
            PostgresText.Clean(opened.Codec),
            opened.Rate,
            opened.Channels,
            opened.EncoderDelay,
            opened.FrameSamples,
            opened.Continues,
            opened.ChainSamples,
            section.OpenedSeq,
            section.Samples,
            section.Segments,
            section.FirstSegmentId,
            section.LastSegmentId,
            section.StartUs,
            section.EndUs,
            section.ClosedSeq,
            section.Closed?.Padding ?? 0,
            section.Closed is not null,
            section.Closed?.Cause.WireName()
        );
        batch.Add(
            "update metadata set value = $2 where key = $1 and value in ('', '0')",
            ShowMetadata.SampleRate,
            opened.Rate.ToString(System.Globalization.CultureInfo.InvariantCulture)
        );
        if (opened.Codec == "aac")
        {
            PostgresMetadata.SetOnce(batch, ShowMetadata.AacFrameSize, opened.FrameSamples);
            PostgresMetadata.SetOnce(batch, ShowMetadata.AacEncoderDelay, opened.EncoderDelay);
        }
    }

    private static void Update(NpgsqlBatch batch, ProjectedSection section)
    {
        batch.Add(
            """
            update section_facts set samples = $2, segments = $3, first_segment_id = $4::bigint, last_segment_id = $5::bigint, start_us = $6,
                end_us = $7, closed_seq = $8::bigint, padding = $9, ended = $10, end_cause = $11::text where section_id = $1
            """,
            section.Opened.Section,
            section.Samples,
            section.Segments,
            section.FirstSegmentId,
            section.LastSegmentId,
            section.StartUs,
            section.EndUs,
            section.ClosedSeq,
            section.Closed?.Padding ?? 0,
            section.Closed is not null,
            section.Closed?.Cause.WireName()
        );
        batch.Add(
            "update sections set start_timestamp_ms = $2 where id = $1 and start_timestamp_ms <> $2",
            section.Opened.Section,
            Times.ToMs(section.StartUs)
        );
    }

    private static void Apply(NpgsqlBatch batch, JournalBody body)
    {
        switch (body)
        {
            case WindowOpened window:
                // While one is open the show is wanted already.
                batch.Add(
                    """
                    insert into windows (from_us) select $1 where not exists (select 1 from windows where until_us is null)
                    on conflict do nothing
                    """,
                    window.FromUs
                );
                break;
            case WindowClosed window:
                batch.Add("update windows set until_us = greatest(from_us, $1) where until_us is null", window.AtUs);
                break;
            case Trouble trouble:
                // One that is told again with its end is the same trouble.
                batch.Add(
                    """
                    insert into troubles (from_us, cause, until_us, detail) values ($1, $2, $3::bigint, $4::text)
                    on conflict (from_us, cause) do update
                    set until_us = excluded.until_us, detail = coalesce(excluded.detail, troubles.detail)
                    """,
                    trouble.FromUs,
                    trouble.Cause.WireName(),
                    trouble.UntilUs,
                    trouble.Detail is { } detail ? PostgresText.Clean(detail) : null
                );
                break;
            case SectionRemoved removed:
                batch.Add(
                    """
                    insert into removals (section_id, from_us, until_us, first_segment_id, last_segment_id)
                    values ($1, $2, $3, $4::bigint, $5::bigint) on conflict (section_id) do nothing
                    """,
                    removed.Section,
                    removed.FromUs,
                    removed.UntilUs,
                    removed.FirstSegmentId,
                    removed.LastSegmentId
                );
                break;
            default:
                throw new InvalidOperationException($"The journal kind {body.Kind} has no table.");
        }
    }
}
