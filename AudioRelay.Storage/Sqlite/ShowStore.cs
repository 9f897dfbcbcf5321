using System.Security.Cryptography;
using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Retention;

namespace AudioRelay.Storage.Sqlite;

/// <summary>The one writer of a show's file. Synchronous; used by one thread at a time, normally a storage thread.</summary>
public sealed class ShowStore : IDisposable
{
    private readonly StoreFile _file;
    private readonly Database _database;
    private readonly WriteRules _rules;
    private readonly StoreOptions _options;
    private long _maxId;
    private long _journalSeq;

    private ShowStore(StoreFile file, StoreOptions options)
    {
        _file = file;
        _database = file.Database;
        _options = options;
        _rules = new WriteRules(_database);
        Holds = new HoldTable(Transact, _database);
        Retention = new SectionRemover(_database, Transact, Append);
        UniqueId = ShowMetadata.Get(_database, ShowMetadata.UniqueId) ?? "";
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
        var file = StoreFile.Open(
            path,
            "recording",
            database =>
                StoreSetup.Prepare(
                    database,
                    options,
                    inspect: () => RecorderFile.Inspect(database, settings),
                    create: () => RecorderFile.Create(database, settings, random)
                )
        );
        return new ShowStore(file, options);
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
    public void Dispose() => _file.Dispose();

    /// <summary>Runs a write in a transaction of its own; on any fault nothing of it stays, and the state in memory is read anew.</summary>
    internal void Transact(Action write) => _file.Transact(write, Reload);

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
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(segment.Data.Span, hash);
        _maxId = SegmentTable.Insert(_database, segment, startsSection, hash);
        SectionTotals.Count(_database, segment.SectionId, _maxId, _maxId, 1, segment.DurationSamples);
        return _maxId;
    }

    /// <summary>Keeps the predecessor's keys true: which section is being recorded, and what it turned out to be.</summary>
    private void NoteSection(SectionOpened opened)
    {
        ShowMetadata.Set(_database, ShowMetadata.PendingSection, opened.Section.ToString());
        ShowMetadata.NoteFormat(_database, opened);
    }

    private void Reload()
    {
        _rules.Reload();
        _maxId = SegmentTable.LastId(_database);
        _journalSeq = JournalProjection.LastSeqOf(_database);
    }
}
