namespace AudioRelay.Storage.Sqlite;

/// <summary>
/// A show's file with its lock and its one writing connection, whoever fills it: a recorder or a receiver. Synchronous; used by one thread at a
/// time, normally a storage thread.
/// </summary>
internal sealed class StoreFile : IDisposable
{
    private readonly ShowLock _lock;
    private bool _broken;

    private StoreFile(Database database, ShowLock held)
    {
        Database = database;
        _lock = held;
    }

    public Database Database { get; }

    public string Path => Database.Path;

    /// <summary>Takes the lock, opens the file or creates it, and prepares it; on any fault lets everything go.</summary>
    /// <param name="path">The database file.</param>
    /// <param name="doing">What is said of the one who has it, to the one who has not.</param>
    /// <param name="prepare">Makes it ready.</param>
    public static StoreFile Open(string path, string doing, Action<Database> prepare)
    {
        FileSystems.CreateFolderOf(path);
        FileSystems.RefuseNetwork(path);
        var held = ShowLock.Take(path, doing);
        Database? database = null;
        try
        {
            database = Database.OpenForWriting(path);
            prepare(database);
            return new StoreFile(database, held);
        }
        catch
        {
            database?.Dispose();
            held.Dispose();
            throw;
        }
    }

    /// <summary>Runs a write in a transaction of its own; on any fault nothing of it stays.</summary>
    /// <param name="write">The write.</param>
    /// <param name="undone">Called after a rollback: what is remembered of the file must be read anew.</param>
    public void Transact(Action write, Action? undone = null)
    {
        if (_broken)
        {
            throw new StorageException(StorageFault.Closed, $"The store {Path} is closed, or broke and was not opened anew.");
        }

        try
        {
            Database.Begin();
            write();
            Database.Commit();
        }
        catch (StorageException error) when (error.Fault is StorageFault.IoError or StorageFault.Corrupt)
        {
            // After a failed fsync nobody knows what reached the disk: this connection must not go on from its memory of it.
            _broken = true;
            throw;
        }
        catch
        {
            Database.Rollback();
            undone?.Invoke();
            throw;
        }
    }

    public void Dispose()
    {
        _broken = true;
        Database.Dispose();
        _lock.Dispose();
    }
}
