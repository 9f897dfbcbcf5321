using System.Security.Cryptography;
using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Retention;

namespace AudioRelay.Storage.Sqlite;

/// <summary>The one writer of a show's file. Synchronous; used by one thread at a time, normally a storage thread.</summary>
public sealed class ShowStore : IDisposable
{
    private readonly Database _database;
    private readonly ShowLock _lock;
    private readonly WriteRules _rules;
    private readonly StoreOptions _options;
    private bool _broken;
    private long _maxId;
    private long _journalSeq;

    private ShowStore(Database database, ShowLock held, StoreOptions options)
    {
        _database = database;
        _lock = held;
        _options = options;
        _rules = new WriteRules(database);
        Holds = new HoldTable(this, database);
        Retention = new SectionRemover(this, database);
        UniqueId = ShowMetadata.Get(database, ShowMetadata.UniqueId) ?? "";
        Reload();
    }

    /// <summary>The database file.</summary>
    public string Path => _database.Path;

    /// <summary>The store's identity.</summary>
    public string UniqueId { get; }

    /// <summary>The newest section, ended or not; null when the store has none.</summary>
    public SectionInfo? LastSection => OwnQueries.LastSection(_database);

    /// <summary>Where the next section may begin at the earliest, UTC µs: the end of all there are.</summary>
    public long? CoveredUntilUs => WriteRules.CoveredUntilUs(_database, -1);

    /// <summary>The newest window that was opened, open or not; null when there never was one.</summary>
    public WindowInfo? LastWindow
    {
        get
        {
            using var row = _database.Query("select from_us, until_us from windows order by from_us desc limit 1");
            return row.Step() ? new WindowInfo(row.Long(0), row.LongOrNull(1)) : null;
        }
    }

    /// <summary>When the newest journal entry was written, UTC µs: the recorder was running then. Null for an empty journal.</summary>
    public long? LastAliveUs
    {
        get
        {
            using var row = _database.Query("select at_us from journal order by seq desc limit 1");
            return row.Step() ? row.Long(0) : null;
        }
    }

    /// <summary>How far the store reaches: what a commit of nothing would return.</summary>
    public CommitResult Position => new(null, 0, _maxId, _journalSeq);

    /// <summary>Stretches that retention must keep.</summary>
    public HoldTable Holds { get; }

    /// <summary>Removes old sections, a step at a time.</summary>
    public SectionRemover Retention { get; }

    /// <summary>Opens the file for recording, creating or migrating it, and takes the show's lock.</summary>
    /// <param name="path">The database file; the lock is a file beside it whose name ends in <c>.lock</c>.</param>
    /// <param name="settings">What the configuration says; must agree with the file.</param>
    /// <param name="random">Where a new store's identity comes from.</param>
    /// <param name="options">How it behaves.</param>
    /// <exception cref="StorageException">With the fault that says why it cannot be recorded to.</exception>
    public static ShowStore Open(string path, ShowSettings settings, Random random, StoreOptions? options = null)
    {
        options ??= new StoreOptions();
        FileSystems.CreateFolderOf(path);
        FileSystems.RefuseNetwork(path);
        var held = ShowLock.Take(path);
        Database? database = null;
        try
        {
            database = Database.OpenForWriting(path);
            StoreSetup.Prepare(database, settings, random, options);
            return new ShowStore(database, held, options);
        }
        catch
        {
            database?.Dispose();
            held.Dispose();
            throw;
        }
    }

    /// <summary>The id of a section that begins now: the clock, but always above every id given before.</summary>
    public long NextSectionId(long clockUs) => Math.Max(clockUs, _rules.LastSectionId + 1);

    /// <summary>Writes a batch in one transaction. When it returns, everything in it survives any crash.</summary>
    /// <exception cref="StorageFullException">The disk is full; nothing was written and the batch can be tried again.</exception>
    /// <exception cref="StorageException">Nothing was written.</exception>
    public CommitResult Commit(StoreBatch batch) => Commit([batch])[0];

    /// <summary>Writes several batches in one transaction, each whole; on any fault none is written.</summary>
    public IReadOnlyList<CommitResult> Commit(IReadOnlyList<StoreBatch> batches)
    {
        var results = new CommitResult[batches.Count];
        Transact(() =>
        {
            for (var i = 0; i < results.Length; i++)
            {
                results[i] = Write(batches[i]);
            }
        });
        if (_options.Committed is { } committed)
        {
            foreach (var result in results)
            {
                committed(result);
            }
        }

        return results;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _broken = true;
        _database.Dispose();
        _lock.Dispose();
    }

    /// <summary>Runs a write in a transaction of its own; on any fault nothing of it stays, and the state in memory is read anew.</summary>
    internal void Transact(Action write)
    {
        if (_broken)
        {
            throw new StorageException(StorageFault.Closed, $"The store {Path} is closed, or broke and was not opened anew.");
        }

        try
        {
            _database.Begin();
            write();
            _database.Commit();
        }
        catch (StorageException error) when (error.Fault is StorageFault.IoError or StorageFault.Corrupt)
        {
            // After a failed fsync nobody knows what reached the disk: this connection must not go on from its memory of it.
            _broken = true;
            throw;
        }
        catch
        {
            _database.Rollback();
            Reload();
            throw;
        }
    }

    /// <summary>What the connection says of one of its settings, for tests of what was promised.</summary>
    internal long Pragma(string name) => _database.Long($"pragma {name}");

    /// <summary>Appends a journal entry inside a transaction.</summary>
    internal void Append(long atUs, JournalBody body)
    {
        _rules.Admit(body);
        _journalSeq = JournalProjection.Append(_database, atUs, body);
        if (body is SectionOpened opened)
        {
            NoteSection(opened);
        }
    }

    private CommitResult Write(StoreBatch batch)
    {
        long? first = null;
        var segments = 0;
        foreach (var item in batch.Items)
        {
            if (item.Body is { } body)
            {
                Append(item.AtUs, body);
            }
            else
            {
                var id = Insert(item.Segment);
                first ??= id;
                segments++;
            }
        }

        return new CommitResult(first, segments, _maxId, _journalSeq);
    }

    private long Insert(in NewSegment segment)
    {
        var startsSection = _rules.Admit(segment);
        var data = segment.Data.Span;
        _database
            .Query(
                """
                insert into segments (timestamp_ms, is_timestamp_from_source, section_id, duration_samples, audio_data)
                values (?1, ?2, ?3, ?4, ?5)
                """
            )
            .Bind(1, segment.TimestampMs)
            .Bind(2, startsSection ? 1 : 0)
            .Bind(3, segment.SectionId)
            .Bind(4, segment.DurationSamples)
            .Bind(5, data)
            .Run();
        _maxId = _database.Long("select last_insert_rowid()");
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(data, hash);
        _database
            .Query(
                """
                insert into segment_facts (segment_id, section_id, first_sample, duration_samples, timestamp_ms, starts_section, size, sha256)
                values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                """
            )
            .Bind(1, _maxId)
            .Bind(2, segment.SectionId)
            .Bind(3, segment.FirstSample)
            .Bind(4, segment.DurationSamples)
            .Bind(5, segment.TimestampMs)
            .Bind(6, startsSection ? 1 : 0)
            .Bind(7, data.Length)
            .Bind(8, hash)
            .Run();
        SectionTotals.Count(_database, segment.SectionId, _maxId, segment.DurationSamples);
        return _maxId;
    }

    /// <summary>Keeps the predecessor's keys true: which section is being recorded, and what it turned out to be.</summary>
    private void NoteSection(SectionOpened opened)
    {
        ShowMetadata.Set(_database, ShowMetadata.PendingSection, opened.Section.ToString());
        if (ShowMetadata.Get(_database, ShowMetadata.SampleRate) is null or "" or "0")
        {
            ShowMetadata.Set(_database, ShowMetadata.SampleRate, opened.Rate.ToString());
        }

        if (opened.Codec == "aac" && ShowMetadata.Get(_database, ShowMetadata.AacFrameSize) is null)
        {
            ShowMetadata.Set(_database, ShowMetadata.AacFrameSize, opened.FrameSamples.ToString());
            ShowMetadata.Set(_database, ShowMetadata.AacEncoderDelay, opened.EncoderDelay.ToString());
        }
    }

    private void Reload()
    {
        _rules.Reload();
        _maxId = _database.Long("select seq from sqlite_sequence where name = 'segments'");
        _journalSeq = _database.Long("select seq from sqlite_sequence where name = 'journal'");
    }
}
