using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Retention;
using AudioRelay.Storage.Sqlite;

namespace AudioRelay.Storage.Receiving.Sqlite;

/// <summary>The one writer of a received show's file. Synchronous; used on the show's storage thread.</summary>
internal sealed class ReceivedFile : IDisposable
{
    private readonly StoreFile _file;
    private readonly Database _database;
    private readonly SectionRemover _remover;
    private long _retentionEpoch;

    private ReceivedFile(StoreFile file)
    {
        _file = file;
        _database = file.Database;
        _remover = new SectionRemover(
            _database,
            write =>
                _file.Transact(() =>
                {
                    RequireEpoch(_retentionEpoch);
                    write();
                }),
            (atUs, body) => JournalProjection.Append(_database, atUs, body)
        );
        Source = ReceivedMetadata.Read(_database);
        Sources = ReceivedMetadata.Sources(_database);
    }

    public string Path => _file.Path;

    /// <summary>What the file says of its source.</summary>
    public SourceShow Source { get; private set; }

    /// <summary>The stores it comes and came from.</summary>
    public IReadOnlyCollection<string> Sources { get; private set; }

    /// <summary>Opens a file, creating it when there is none, and takes the show's lock.</summary>
    /// <param name="path">The database file.</param>
    /// <param name="source">What a new file says of its source.</param>
    /// <param name="random">Where a new store's identity comes at.</param>
    /// <param name="options">How it behaves.</param>
    public static ReceivedFile Open(string path, SourceShow source, Random random, StoreOptions options) =>
        new(
            StoreFile.Open(
                path,
                "receiving",
                database =>
                    StoreSetup.Prepare(
                        database,
                        options,
                        inspect: () => ReceivedMetadata.Inspect(database, source.Name),
                        create: () => ReceivedMetadata.Create(database, source, random)
                    )
            )
        );

    /// <summary>Where the next pull goes on.</summary>
    public SyncCheckpoint Checkpoint()
    {
        using var row = _database.Query("select source_store, next_id, journal_seq, epoch from sync_fence");
        return row.Step()
            ? new SyncCheckpoint(row.Text(0), row.Long(1), row.Long(2), row.Long(3))
            : throw new StorageException(StorageFault.Corrupt, $"{Path} does not say how far it has been filled.");
    }

    /// <summary>The newest segment of the present source.</summary>
    public PulledMark? NewestPulled()
    {
        using var row = _database.Query(
            """
            select source_id, sha256 from segment_facts
            where source_id is not null and source = (select id from sources where store = (select source_store from sync_fence))
            order by source_id desc limit 1
            """
        );
        return row.Step() ? new PulledMark(row.Long(0), row.Blob(1)) : null;
    }

    /// <summary>Takes the show from whoever has it.</summary>
    public SyncCheckpoint Claim()
    {
        _file.Transact(() => _database.Query("update sync_fence set epoch = epoch + 1").Run());
        return Checkpoint();
    }

    /// <summary>Writes a batch, or nothing.</summary>
    public PullCommit Commit(SyncCheckpoint at, PulledBatch batch)
    {
        var to = at with { NextId = batch.NextId, JournalSeq = batch.JournalSeq };
        PullPlan? plan = null;
        _file.Transact(() =>
        {
            Move(at, to);
            var past = ReceivedFacts.Past(_database, PullRules.SectionsOf(batch));
            var journalUs = _database.Long("select journal_us from sync_fence");
            var state = new ReceivedState(SegmentTable.LastId(_database), ReceivedFacts.Open(_database), past, journalUs);
            plan = PullRules.Plan(at, batch, state);
            Write(plan.Entries);
            Write(plan.Segments, at.SourceStore);
            Remember(plan.Pending);
            _database.Query("update sync_fence set journal_us = max(journal_us, ?1)").Bind(1, plan.JournalUs).Run();
        });
        var first = plan!.Segments is [var segment, ..] ? segment.Id : (long?)null;
        var reached = new CommitResult(first, plan.Segments.Count, SegmentTable.LastId(_database), JournalProjection.LastSeqOf(_database));
        return new PullCommit(to, reached);
    }

    /// <summary>Goes on with another store of the recorder.</summary>
    public SyncCheckpoint Replace(SyncCheckpoint at, SourceShow source, long nextId, long journalSeq)
    {
        ReceivedMetadata.RequireSameFormat(Source, source);
        var to = at with { SourceStore = source.UniqueId, NextId = nextId, JournalSeq = journalSeq };
        _file.Transact(() =>
        {
            Move(at, to);
            var knownUs = ReceivedFacts.KnownUntilUs(_database);
            var window = _database.Long("select count(*) from windows where until_us is null") > 0;
            Write(PullRules.LeaveSource(ReceivedFacts.Open(_database), window ? knownUs : null));
            ReceivedMetadata.SetSource(_database, source);
            if (to.SourceStore == at.SourceStore)
            {
                // Put back from a backup, it gives ids again: what came before keeps its own under a name that no store has. When that name
                // is given already, nothing has come since, and there is nothing to keep apart.
                _database
                    .Query("update or ignore sources set store = store || '@' || ?2 where store = ?1")
                    .Bind(1, at.SourceStore)
                    .Bind(2, SegmentTable.LastId(_database))
                    .Run();
            }

            Number(at.SourceStore);
        });
        Source = ReceivedMetadata.Read(_database);
        Sources = ReceivedMetadata.Sources(_database);
        return to;
    }

    /// <summary>Keeps the length that segments aim at, under a claim.</summary>
    public SourceShow LearnTarget(long epoch, int? seconds) =>
        Note(epoch, Source with { TargetSeconds = seconds }, () => ReceivedMetadata.SetTarget(_database, seconds));

    /// <summary>The recorder is called otherwise in the configuration; under a claim.</summary>
    public SourceShow RenameRemote(long epoch, string remote) =>
        Note(epoch, Source with { Remote = remote }, () => ShowMetadata.Set(_database, ShowMetadata.Remote, remote));

    /// <summary>Does one step of a retention pass under a claim; false when there is nothing more to do.</summary>
    public bool Retain(RetentionPass pass, long epoch)
    {
        _retentionEpoch = epoch;
        return pass.Step(_remover);
    }

    public void Dispose() => _file.Dispose();

    private SourceShow Note(long epoch, SourceShow source, Action write)
    {
        _file.Transact(() =>
        {
            RequireEpoch(epoch);
            write();
        });
        return Source = source;
    }

    /// <summary>Asks the fence and moves the checkpoint, in one statement inside the transaction.</summary>
    private void Move(SyncCheckpoint at, SyncCheckpoint to)
    {
        _database
            .Query(
                """
                update sync_fence set source_store = ?5, next_id = ?6, journal_seq = ?7
                where source_store = ?1 and next_id = ?2 and journal_seq = ?3 and epoch = ?4
                """
            )
            .Bind(1, at.SourceStore)
            .Bind(2, at.NextId)
            .Bind(3, at.JournalSeq)
            .Bind(4, at.Epoch)
            .Bind(5, to.SourceStore)
            .Bind(6, to.NextId)
            .Bind(7, to.JournalSeq)
            .Run();
        if (_database.Long("select changes()") != 1)
        {
            throw Fenced(at.Epoch);
        }
    }

    private void RequireEpoch(long epoch)
    {
        if (Checkpoint().Epoch != epoch)
        {
            throw Fenced(epoch);
        }
    }

    private StorageException Fenced(long epoch)
    {
        var now = Checkpoint();
        return new StorageException(
            StorageFault.Fenced,
            now.Epoch == epoch
                ? $"Nothing was written to {Path}: it is at segment {now.NextId} and journal entry {now.JournalSeq} of {now.SourceStore} already."
                : $"Nothing was written to {Path}: another receiver has claimed the show (claim {now.Epoch}, this one had {epoch})."
        );
    }

    private void Write(IReadOnlyList<PlannedEntry> entries)
    {
        foreach (var (atUs, body) in entries)
        {
            JournalProjection.Append(_database, atUs, body);
            switch (body)
            {
                case SectionOpened opened:
                    ShowMetadata.NoteFormat(_database, opened);
                    break;
                case SectionClosed closed:
                    _database.Query("delete from pending_ends where section_id = ?1").Bind(1, closed.Section).Run();
                    break;
            }
        }
    }

    private void Write(IReadOnlyList<PlannedSegment> segments, string sourceStore)
    {
        if (segments.Count == 0)
        {
            return;
        }

        Number(sourceStore);
        long source;
        using (var row = _database.Query("select id from sources where store = ?1").Bind(1, sourceStore))
        {
            row.Step();
            source = row.Long(0);
        }

        foreach (var (id, firstSample, starts, pulled, hash) in segments)
        {
            var segment = new NewSegment(pulled.SectionId, firstSample, pulled.DurationSamples, pulled.TimestampMs, pulled.Data);
            SegmentTable.Insert(_database, segment, starts, hash, new SegmentOrigin(id, source, pulled.SourceId));
        }

        // Once for each section: for each segment it was six statements more.
        foreach (var section in segments.GroupBy(s => s.Pulled.SectionId))
        {
            var (first, last) = (section.First().Id, section.Last().Id);
            SectionTotals.Count(_database, section.Key, first, last, section.Count(), section.Sum(s => s.Pulled.DurationSamples));
        }
    }

    private void Number(string sourceStore) =>
        _database.Query("insert or ignore into sources (store) values (?1)").Bind(1, sourceStore).Run();

    private void Remember(IReadOnlyList<PendingEnd> ends)
    {
        foreach (var (atUs, closed) in ends)
        {
            _database
                .Query("insert or replace into pending_ends (section_id, at_us, body) values (?1, ?2, ?3)")
                .Bind(1, closed.Section)
                .Bind(2, atUs)
                .Bind(3, closed.ToJson())
                .Run();
        }
    }
}
