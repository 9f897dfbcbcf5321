using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Sqlite;
using AudioRelay.Storage.Timeline;
using Npgsql;

namespace AudioRelay.Storage.Postgres;

/// <summary>Reads a show's database. Holds no connection between two calls.</summary>
internal sealed class PostgresShowReader(PostgresDatabase database) : IShowReader
{
    /// <inheritdoc/>
    public ValueTask<ShowInfo> InfoAsync(CancellationToken cancel = default) =>
        database.RunAsync(
            async (connection, cancel) =>
            {
                var metadata = await PostgresMetadata.ReadAsync(connection, cancel);
                string Value(string key) => metadata.GetValueOrDefault(key, "");
                var reach = await connection.RowsAsync(
                    row => (MinId: row.LongOrNull(0), MaxId: row.LongOrNull(1), JournalSeq: row.GetInt64(2), KnownUntilUs: row.GetInt64(3)),
                    $"""
                    select
                        (select min(first_segment_id) from section_facts where not hidden),
                        (select last_segment_id from section_facts where not hidden and first_segment_id is not null
                            order by first_segment_id desc limit 1),
                        (select last_journal_seq from sync_fence),
                        ({TimelineRows.KnownUntil})
                    """,
                    cancel
                );
                return new ShowInfo(
                    Value(ShowMetadata.UniqueId),
                    Value(ShowMetadata.Name),
                    Value(ShowMetadata.AudioFormat),
                    Value(ShowMetadata.Bitrate),
                    Value(ShowMetadata.SampleRate),
                    Value(ShowMetadata.Version),
                    Value(ShowMetadata.IsRecipient) == "true",
                    reach[0].MinId,
                    reach[0].MaxId,
                    reach[0].JournalSeq
                )
                {
                    KnownUntilUs = reach[0].KnownUntilUs,
                    TargetSeconds = ShowMetadata.TargetOf(Value(ShowMetadata.TargetSeconds)),
                };
            },
            cancel
        );

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<SectionInfo>> SectionsAsync(SectionQuery query, CancellationToken cancel = default) =>
        query.Overlapping is { IsEmpty: true }
            ? []
            : await database.RunAsync((connection, cancel) => SectionRows.ListAsync(connection, query, cancel), cancel);

    /// <inheritdoc/>
    public ValueTask<SectionInfo?> SectionAsync(long sectionId, CancellationToken cancel = default) =>
        database.RunAsync((connection, cancel) => SectionRows.OneAsync(connection, sectionId, cancel), cancel);

    /// <inheritdoc/>
    public ValueTask<Presence> SectionPresenceAsync(long sectionId, CancellationToken cancel = default) =>
        database.RunAsync((connection, cancel) => SectionRows.PresenceAsync(connection, sectionId, cancel), cancel);

    /// <inheritdoc/>
    public ValueTask<long?> DiscontinuitiesAsync(long sectionId, CancellationToken cancel = default) =>
        database.RunAsync((connection, cancel) => SectionRows.DiscontinuitiesAsync(connection, sectionId, cancel), cancel);

    /// <inheritdoc/>
    public ValueTask<SectionNeighbours> NeighboursAsync(long timestampMs, CancellationToken cancel = default) =>
        database.SnapshotAsync(
            async (connection, cancel) =>
                new SectionNeighbours(
                    await SectionRows.ByStartAsync(connection, timestampMs, after: false, cancel),
                    await SectionRows.ByStartAsync(connection, timestampMs, after: true, cancel)
                ),
            cancel
        );

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<SegmentInfo>> SegmentsAsync(SegmentQuery query, CancellationToken cancel = default) =>
        await database.SnapshotAsync((connection, cancel) => SegmentsAsync(connection, query, cancel), cancel);

    /// <inheritdoc/>
    public ValueTask<SegmentLookup> SegmentAsync(long segmentId, CancellationToken cancel = default) =>
        database.RunAsync(
            async (connection, cancel) =>
            {
                var found = await SegmentRows.ReadAsync(connection, [segmentId], cancel);
                if (found.Count > 0)
                {
                    return new SegmentLookup(Presence.Present, found[0]);
                }

                // Ids are given in order and never twice: one that was given and is not here has been removed.
                var given = await connection.ValueAsync<long>("select last_segment_id from sync_fence", cancel);
                return new SegmentLookup(segmentId >= 1 && segmentId <= given ? Presence.Removed : Presence.NeverWas, null);
            },
            cancel
        );

    /// <inheritdoc/>
    public async ValueTask ReadSegmentsAsync(
        long fromId,
        long toId,
        int maxCount,
        long maxBytes,
        SegmentVisitor visit,
        CancellationToken cancel = default
    )
    {
        var read = await database.SnapshotAsync(
            async (connection, cancel) =>
            {
                // The list first: it tells the sizes without touching the sound.
                var listed = await SegmentRows.ListAsync(connection, (fromId, toId), null, maxCount, withHashes: false, cancel);
                var cap = new ByteCap(maxBytes);
                var ids = listed.TakeWhile(info => cap.Takes(info.Size)).Select(info => info.Id).ToArray();
                return ids.Length == 0 ? [] : await SegmentRows.ReadAsync(connection, ids, cancel);
            },
            cancel
        );
        foreach (var segment in read)
        {
            visit(segment.Info, segment.Data);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<JournalEntry>> JournalAsync(long afterSeq, int limit, CancellationToken cancel = default) =>
        await database.RunAsync((connection, cancel) => TimelineRows.JournalAsync(connection, afterSeq, limit, cancel), cancel);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<TitleInfo>> TitlesAsync(TitleQuery query, CancellationToken cancel = default) =>
        await database.RunAsync((connection, cancel) => TitleSearch.ListAsync(connection, query, cancel), cancel);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<WindowInfo>> WindowsAsync(UtcRange range, CancellationToken cancel = default) =>
        await database.RunAsync((connection, cancel) => TimelineRows.WindowsAsync(connection, range, cancel), cancel);

    /// <inheritdoc/>
    public ValueTask<ShowTimeline> TimelineAsync(UtcRange range, CancellationToken cancel = default) =>
        range.IsEmpty
            ? ValueTask.FromResult(new ShowTimeline(range, [], [], []))
            : database.SnapshotAsync((connection, cancel) => TimelineAsync(connection, range, cancel), cancel);

    /// <inheritdoc/>
    public ValueTask<WallMap?> WallMapAsync(long sectionId, CancellationToken cancel = default) =>
        database.SnapshotAsync(
            async (connection, cancel) =>
                await SectionRows.OneAsync(connection, sectionId, cancel) is { } section
                    ? (await SectionRows.MapsAsync(connection, [section], cancel)).GetValueOrDefault(sectionId)
                    : null,
            cancel
        );

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<RangePart>> ResolveAsync(UtcRange range, CancellationToken cancel = default) =>
        range.IsEmpty ? [] : await database.SnapshotAsync((connection, cancel) => ResolveAsync(connection, range, cancel), cancel);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async ValueTask<List<SegmentInfo>> SegmentsAsync(
        NpgsqlConnection connection,
        SegmentQuery query,
        CancellationToken cancel
    )
    {
        var (from, to) = (query.FromId ?? 0, query.ToId ?? long.MaxValue);
        if (query.SectionId is { } sectionId)
        {
            var section = await SectionRows.OneAsync(connection, sectionId, cancel);
            if (section is not { FirstSegmentId: { } first, LastSegmentId: { } last })
            {
                return [];
            }

            (from, to) = (Math.Max(from, first), Math.Min(to, last));
        }

        if (query.Overlapping is not { } range)
        {
            return await SegmentRows.ListAsync(connection, (from, to), query.SectionId, query.Limit, query.WithHashes, cancel);
        }

        var found = new List<SegmentInfo>();
        foreach (var part in await ResolveAsync(connection, range, cancel))
        {
            if (query.SectionId is null || part.Section.Id == query.SectionId)
            {
                var ids = (Math.Max(from, part.FirstSegmentId), Math.Min(to, part.LastSegmentId));
                var left = query.Limit - found.Count;
                found.AddRange(await SegmentRows.ListAsync(connection, ids, part.Section.Id, left, query.WithHashes, cancel));
            }
        }

        return found;
    }

    private static async ValueTask<List<RangePart>> ResolveAsync(NpgsqlConnection connection, UtcRange range, CancellationToken cancel)
    {
        var sections = await SectionRows.ListAsync(connection, new SectionQuery(range), cancel);
        var maps = await SectionRows.MapsAsync(connection, sections, cancel);
        var parts = new List<RangePart>();
        await using var batch = connection.CreateBatch();
        foreach (var section in sections)
        {
            if (!maps.TryGetValue(section.Id, out var map))
            {
                continue;
            }

            var from = Math.Clamp(map.SampleAt(range.FromUs), 0, section.Samples);
            var until = Math.Clamp(map.SampleAt(range.UntilUs), 0, section.Samples);
            if (until > from)
            {
                SegmentRows.Find(batch, section, from);
                SegmentRows.Find(batch, section, until - 1);
                parts.Add(new RangePart(section, from, until, 0, 0));
            }
        }

        if (parts.Count == 0)
        {
            return parts;
        }

        await using var row = await batch.ExecuteReaderAsync(cancel);
        for (var i = 0; i < parts.Count; i++)
        {
            var first = await IdAsync(row, cancel);
            parts[i] = parts[i] with { FirstSegmentId = first, LastSegmentId = await IdAsync(row, cancel) };
        }

        return parts;
    }

    private static async ValueTask<long> IdAsync(NpgsqlDataReader row, CancellationToken cancel)
    {
        await row.ReadAsync(cancel);
        var id = row.GetInt64(0);
        await row.NextResultAsync(cancel);
        return id;
    }

    private static async ValueTask<ShowTimeline> TimelineAsync(NpgsqlConnection connection, UtcRange range, CancellationToken cancel)
    {
        var wanted = await TimelineRows.WindowsAsync(connection, range, cancel);
        // What has not been pulled yet is not a gap.
        var known = range with
        {
            UntilUs = Math.Min(range.UntilUs, await TimelineRows.KnownUntilUsAsync(connection, cancel)),
        };
        var windows = Intervals.Clip(wanted.Select(w => new UtcRange(w.FromUs, w.UntilUs ?? range.UntilUs)), known);
        var sections = await SectionRows.ListAsync(connection, new SectionQuery(range), cancel);
        var maps = await SectionRows.MapsAsync(connection, sections, cancel);
        var coverage = Intervals.Clip(sections.SelectMany(s => maps.GetValueOrDefault(s.Id)?.Cover(0, s.Samples) ?? [s.Range]), range);
        return new ShowTimeline(
            range,
            windows,
            coverage,
            Gaps.Find(windows, coverage, await TimelineRows.ExplanationsAsync(connection, range, cancel))
        );
    }
}
