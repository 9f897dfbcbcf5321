using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Migrations;
using AudioRelay.Storage.Timeline;

namespace AudioRelay.Storage.Sqlite;

/// <summary>Reads a recorder's file, a receiver's SQLite file or a predecessor's file.</summary>
public sealed class SqliteShowReader : IShowReader
{
    private readonly ReaderPool _pool;
    private readonly IShowQueries _queries;

    private SqliteShowReader(ReaderPool pool, IShowQueries queries)
    {
        _pool = pool;
        _queries = queries;
    }

    /// <summary>Opens a file for reading.</summary>
    /// <param name="path">The database file.</param>
    /// <param name="immutable">For read-only media: nobody may write the file while it is open, and no lock is taken.</param>
    /// <param name="connections">Most connections at a time; further callers wait.</param>
    /// <exception cref="StorageException">The file is missing, no database, or of another version.</exception>
    public static SqliteShowReader Open(string path, bool immutable = false, int connections = 4)
    {
        int version;
        using (var database = Database.OpenForReading(path, immutable))
        {
            database.Execute("pragma busy_timeout = 5000");
            StoreSetup.RequireShow(database);
            version = SqliteMigrations.VersionOf(database);
            if (database.Long("select count(*) from pragma_table_info('segments') where name = 'duration_samples'") == 0)
            {
                throw new StorageException(
                    StorageFault.WrongVersion,
                    $"Unsupported database version: the segments of {path} have no duration_samples, which version 4 has."
                );
            }
        }

        return new SqliteShowReader(
            new ReaderPool(path, immutable, connections),
            version == 0 ? new PredecessorQueries() : new OwnQueries(version)
        );
    }

    /// <inheritdoc/>
    public ValueTask<ShowInfo> InfoAsync(CancellationToken cancel = default) =>
        _pool.ReadAsync(
            database =>
            {
                string Value(string key) => ShowMetadata.Get(database, key) ?? "";
                var (minId, maxId, journalSeq) = _queries.Reach(database);
                return new ShowInfo(
                    Value(ShowMetadata.UniqueId),
                    Value(ShowMetadata.Name),
                    Value(ShowMetadata.AudioFormat),
                    Value(ShowMetadata.Bitrate),
                    Value(ShowMetadata.SampleRate),
                    Value(ShowMetadata.Version),
                    ShowMetadata.Recipient(database),
                    minId,
                    maxId,
                    journalSeq
                )
                {
                    KnownUntilUs = _queries.KnownUntilUs(database),
                    TargetSeconds = ShowMetadata.TargetOf(ShowMetadata.Get(database, ShowMetadata.TargetSeconds)),
                };
            },
            cancel
        );

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SectionInfo>> SectionsAsync(SectionQuery query, CancellationToken cancel = default) =>
        query.Overlapping is { IsEmpty: true }
            ? new ValueTask<IReadOnlyList<SectionInfo>>([])
            : _pool.ReadAsync(database => _queries.Sections(database, query), cancel);

    /// <inheritdoc/>
    public ValueTask<SectionInfo?> SectionAsync(long sectionId, CancellationToken cancel = default) =>
        _pool.ReadAsync(database => _queries.Section(database, sectionId), cancel);

    /// <inheritdoc/>
    public ValueTask<Presence> SectionPresenceAsync(long sectionId, CancellationToken cancel = default) =>
        _pool.ReadAsync(database => _queries.SectionPresence(database, sectionId), cancel);

    /// <inheritdoc/>
    public ValueTask<long?> DiscontinuitiesAsync(long sectionId, CancellationToken cancel = default) =>
        _pool.ReadAsync(database => _queries.Discontinuities(database, sectionId), cancel);

    /// <inheritdoc/>
    public ValueTask<SectionNeighbours> NeighboursAsync(long timestampMs, CancellationToken cancel = default) =>
        _pool.ReadAsync(database => _queries.Neighbours(database, timestampMs), cancel);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SegmentInfo>> SegmentsAsync(SegmentQuery query, CancellationToken cancel = default) =>
        _pool.ReadAsync(database => RangeReads.Segments(database, _queries, query), cancel);

    /// <inheritdoc/>
    public ValueTask<SegmentLookup> SegmentAsync(long segmentId, CancellationToken cancel = default) =>
        _pool.ReadAsync(
            database =>
            {
                if (_queries.Segment(database, segmentId) is { } segment)
                {
                    return new SegmentLookup(Presence.Present, segment);
                }

                // Ids are given in order and never twice: one that was given and is not here has been removed.
                var given = database.Long("select seq from sqlite_sequence where name = 'segments'");
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
    ) =>
        await _pool.ReadAsync(
            database =>
            {
                _queries.Read(database, fromId, toId, maxCount, maxBytes, visit);
                return true;
            },
            cancel
        );

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JournalEntry>> JournalAsync(long afterSeq, int limit, CancellationToken cancel = default) =>
        _pool.ReadAsync(database => _queries.Journal(database, afterSeq, limit), cancel);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<TitleInfo>> TitlesAsync(TitleQuery query, CancellationToken cancel = default) =>
        _pool.ReadAsync(database => _queries.Titles(database, query), cancel);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WindowInfo>> WindowsAsync(UtcRange range, CancellationToken cancel = default) =>
        _pool.ReadAsync(database => _queries.Windows(database, range), cancel);

    /// <inheritdoc/>
    public ValueTask<ShowTimeline> TimelineAsync(UtcRange range, CancellationToken cancel = default) =>
        _pool.ReadAsync(database => RangeReads.Timeline(database, _queries, range), cancel);

    /// <inheritdoc/>
    public ValueTask<WallMap?> WallMapAsync(long sectionId, CancellationToken cancel = default) =>
        _pool.ReadAsync(
            database => _queries.Section(database, sectionId) is { } section ? RangeReads.MapOf(database, _queries, section) : null,
            cancel
        );

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RangePart>> ResolveAsync(UtcRange range, CancellationToken cancel = default) =>
        _pool.ReadAsync(database => RangeReads.Resolve(database, _queries, range), cancel);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _pool.Dispose();
        return ValueTask.CompletedTask;
    }
}
