using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace AudioRelay.Storage.Postgres;

/// <summary>Writes what a batch has become, in the caller's transaction: titles by COPY, the rest in one round trip. The sound is <see cref="SoundCopy"/>'s.</summary>
internal static class PullWriter
{
    /// <summary>Adds to a batch what lists need of segments.</summary>
    public static void SegmentFacts(NpgsqlBatch batch, IReadOnlyList<SegmentFact> segments, int source)
    {
        if (segments.Count == 0)
        {
            return;
        }

        batch.Add(
            """
            insert into segment_facts (segment_id, section_id, first_sample, duration_samples, timestamp_ms, source_id, size, starts_section,
                sha256, source)
            select *, $10 from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::integer[],
                $8::boolean[], $9::bytea[])
            """,
            segments.Select(s => s.Id).ToArray(),
            segments.Select(s => s.SectionId).ToArray(),
            segments.Select(s => s.FirstSample).ToArray(),
            segments.Select(s => s.DurationSamples).ToArray(),
            segments.Select(s => s.TimestampMs).ToArray(),
            segments.Select(s => s.SourceId).ToArray(),
            segments.Select(s => s.Size).ToArray(),
            segments.Select(s => s.StartsSection).ToArray(),
            segments.Select(s => s.Sha256).ToArray(),
            source
        );
    }

    /// <summary>Adds to a batch the journal's new entries and what they say, but for titles.</summary>
    public static void Journal(NpgsqlBatch batch, PullProjection projection)
    {
        if (projection.Journal.Count > 0)
        {
            batch.Add(
                "insert into journal (seq, at_us, kind, body) select * from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[])",
                projection.Journal.Select(e => e.Seq).ToArray(),
                projection.Journal.Select(e => e.AtUs).ToArray(),
                projection.Journal.Select(e => e.Kind).ToArray(),
                projection.Journal.Select(e => StoredText.Clean(e.Body.ToJson())).ToArray()
            );
        }

        if (projection.Anchors.Count > 0)
        {
            batch.Add(
                """
                insert into anchors (section_id, sample, seq, utc_us, cause)
                select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[])
                """,
                projection.Anchors.Select(a => a.Anchor.Section).ToArray(),
                projection.Anchors.Select(a => a.Anchor.Sample).ToArray(),
                projection.Anchors.Select(a => a.Seq).ToArray(),
                projection.Anchors.Select(a => a.Anchor.UtcUs).ToArray(),
                projection.Anchors.Select(a => a.Anchor.Cause.WireName()).ToArray()
            );
        }

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

        foreach (var end in projection.Pending)
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
            var text = StoredText.Clean(title.Text);
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
            StoredText.Clean(opened.Codec),
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
                    trouble.Detail is { } detail ? StoredText.Clean(detail) : null
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
