using AudioRelay.Storage.Receiving;
using AudioRelay.Storage.Receiving.Sqlite;
using AudioRelay.Storage.Retention;
using AudioRelay.Storage.Sqlite;
using Npgsql;

namespace AudioRelay.Storage.Postgres;

/// <summary>A received show in a database of its own. Holds no connection between two calls, so disposing of it closes nothing.</summary>
internal sealed class PostgresReceivedStore : IReceivedStore
{
    private readonly PostgresDatabase _database;
    private readonly PostgresRetention _retention;

    internal PostgresReceivedStore(PostgresDatabase database, SourceShow source, IReadOnlyCollection<string> sources, TimeProvider time)
    {
        _database = database;
        _retention = new PostgresRetention(database, time);
        Source = source;
        Sources = sources;
        Reader = new PostgresShowReader(database);
    }

    /// <inheritdoc/>
    public string Name => Source.Name;

    /// <inheritdoc/>
    public SourceShow Source { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Sources { get; private set; }

    /// <inheritdoc/>
    public IShowReader Reader { get; }

    /// <inheritdoc/>
    public async ValueTask<SyncCheckpoint> CheckpointAsync(CancellationToken cancel = default) =>
        (await _database.RunAsync(Fence.ReadAsync, cancel)).Checkpoint;

    /// <inheritdoc/>
    public async ValueTask<PulledMark?> NewestPulledAsync(CancellationToken cancel = default)
    {
        const string newest = """
            select source_id, sha256 from segment_facts
            where source = (select number from sources where unique_id = (select source_store from sync_fence))
            order by source_id desc limit 1
            """;
        var found = await _database.RunAsync(
            (connection, cancel) =>
                connection.RowsAsync(row => new PulledMark(row.GetInt64(0), row.GetFieldValue<byte[]>(1)), newest, cancel),
            cancel
        );
        return found.FirstOrDefault();
    }

    /// <inheritdoc/>
    public async ValueTask<SyncCheckpoint> ClaimAsync(CancellationToken cancel = default) =>
        (await _database.RunAsync(Fence.ClaimAsync, cancel)).Checkpoint;

    /// <inheritdoc/>
    public ValueTask<PullCommit> CommitAsync(
        SyncCheckpoint from,
        PulledBatch batch,
        Func<ValueTask<PulledBatch?>> next,
        CancellationToken cancel = default
    ) => FencedAsync(from, (connection, cancel) => CommitAsync(connection, from, batch, next, cancel), cancel);

    /// <inheritdoc/>
    public async ValueTask<SyncCheckpoint> ReplaceSourceAsync(
        SyncCheckpoint from,
        SourceShow source,
        long nextId,
        long journalSeq,
        CancellationToken cancel = default
    )
    {
        ReceivedMetadata.RequireSameFormat(Source, source);
        var to = @from with { SourceStore = source.UniqueId, NextId = nextId, JournalSeq = journalSeq };
        await FencedAsync(from, (connection, cancel) => ReplaceAsync(connection, from, to, source, cancel), cancel);
        Source = source with { Name = Name, SampleRate = Source.SampleRate };
        Sources = [.. Sources.Append(source.UniqueId).Distinct()];
        return to;
    }

    /// <inheritdoc/>
    public async ValueTask LearnTargetAsync(SyncCheckpoint from, int? seconds, CancellationToken cancel = default)
    {
        await _database.TransactAsync(
            async (connection, cancel) =>
            {
                await Fence.HoldAsync(connection, from.Epoch, cancel);
                await PostgresMetadata.WriteAsync(connection, [(ShowMetadata.TargetSeconds, PostgresMetadata.TargetText(seconds))], cancel);
                return true;
            },
            cancel
        );
        Source = Source with { TargetSeconds = seconds };
    }

    /// <inheritdoc/>
    public async ValueTask RenameRemoteAsync(SyncCheckpoint from, string remote, CancellationToken cancel = default)
    {
        await _database.TransactAsync(
            async (connection, cancel) =>
            {
                await Fence.HoldAsync(connection, from.Epoch, cancel);
                await PostgresMetadata.WriteAsync(connection, [(ShowMetadata.Remote, remote)], cancel);
                return true;
            },
            cancel
        );
        Source = Source with { Remote = remote };
    }

    /// <inheritdoc/>
    public ValueTask<RetentionReport> RetainAsync(SyncCheckpoint from, long limitUs, CancellationToken cancel = default) =>
        _retention.RunAsync(from.Epoch, limitUs, cancel);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async ValueTask<PullCommit> CommitAsync(
        NpgsqlConnection connection,
        SyncCheckpoint from,
        PulledBatch batch,
        Func<ValueTask<PulledBatch?>> next,
        CancellationToken cancel
    )
    {
        var state = await PullState.BeginAsync(connection, from.SourceStore, PullRules.SectionsOf(batch), cancel);
        Require(state.Fence, from);
        var projection = new PullProjection(state.Fence, state.Open, state.Past);
        await using var sound = new SoundCopy(connection);
        await sound.WriteAsync(projection.Add(batch), cancel);
        while (await next() is { } more)
        {
            if (projection.Unknown(more) is { Count: > 0 } unknown)
            {
                await sound.EndAsync(cancel);
                projection.Know(await PullState.PastAsync(connection, unknown, cancel));
            }

            if (projection.TryAdd(more) is not { } segments)
            {
                break;
            }

            await sound.WriteAsync(segments, cancel);
        }

        await sound.EndAsync(cancel);
        await PullWriter.TitlesAsync(connection, projection.Titles, cancel);
        await using var rest = connection.CreateBatch();
        PullWriter.Journal(rest, projection);
        TitleBlocks.Add(rest, projection.Titles);
        if (state.Source is null)
        {
            Number(rest, state.NextSource, from.SourceStore);
        }

        PullWriter.SegmentFacts(rest, projection.Segments, state.Source ?? state.NextSource);
        Fence.Move(rest, from, projection.Reached);
        rest.Add("commit");
        await rest.ExecuteNonQueryAsync(cancel);
        return new PullCommit(projection.Reached.Checkpoint, projection.Result);
    }

    private static async ValueTask<bool> ReplaceAsync(
        NpgsqlConnection connection,
        SyncCheckpoint from,
        SyncCheckpoint to,
        SourceShow source,
        CancellationToken cancel
    )
    {
        var state = await PullState.BeginAsync(connection, from.SourceStore, [], cancel);
        Require(state.Fence, from);
        var isOpen = await connection.ValueAsync<bool>("select exists (select 1 from windows where until_us is null)", cancel);
        var knownUs = isOpen ? await TimelineRows.KnownUntilUsAsync(connection, cancel) : (long?)null;
        var projection = new PullProjection(state.Fence, state.Open, state.Past);
        projection.Apply(PullRules.LeaveSource(state.OpenSections, knownUs), []);
        await using var batch = connection.CreateBatch();
        PullWriter.Journal(batch, projection);
        foreach (var (key, value) in PostgresMetadata.OfSource(source))
        {
            PostgresMetadata.Set(batch, key, value);
        }

        if (to.SourceStore == from.SourceStore)
        {
            // Put back from a backup, it gives ids again: what came before keeps its own under a name that no store has. When that name is given
            // already, nothing has come since, and there is nothing to keep apart.
            batch.Add(
                """
                update sources set unique_id = unique_id || '@' || $2::bigint
                where unique_id = $1 and not exists (select 1 from sources where unique_id = $1 || '@' || $2::bigint)
                """,
                from.SourceStore,
                state.Fence.LastSegmentId
            );
        }
        else if (state.Source is null)
        {
            Number(batch, state.NextSource, from.SourceStore);
        }

        Fence.Move(batch, from, state.Fence with { Checkpoint = to, LastJournalSeq = projection.Reached.LastJournalSeq });
        batch.Add("commit");
        await batch.ExecuteNonQueryAsync(cancel);
        return true;
    }

    /// <summary>The fence said no; or an id that is there already means that a commit believed lost was not, or that another receiver is ahead: the fence's case.</summary>
    private async ValueTask<T> FencedAsync<T>(
        SyncCheckpoint from,
        Func<NpgsqlConnection, CancellationToken, ValueTask<T>> write,
        CancellationToken cancel
    )
    {
        try
        {
            return await _database.PipelineAsync(write, cancel);
        }
        catch (StorageException error)
            when (error.InnerException
                    is PostgresException { SqlState: PostgresErrorCodes.DivisionByZero or PostgresErrorCodes.UniqueViolation }
            )
        {
            var now = await CheckpointAsync(cancel);
            throw now != from
                ? Fence.Refuse(now, from.Epoch)
                : new StorageException(
                    StorageFault.RuleBroken,
                    "Refused to keep what the recorder sent: some of it is here already.",
                    error
                );
        }
    }

    private static void Number(NpgsqlBatch batch, int number, string sourceStore) =>
        batch.Add("insert into sources (number, unique_id) values ($1, $2)", number, sourceStore);

    private static void Require(Fence fence, SyncCheckpoint from)
    {
        if (fence.Checkpoint != from)
        {
            throw Fence.Refuse(fence.Checkpoint, from.Epoch);
        }
    }
}
