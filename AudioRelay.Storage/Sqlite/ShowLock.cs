namespace AudioRelay.Storage.Sqlite;

/// <summary>
/// The exclusive lock of a show's writer: a file beside the database, locked by the operating system, so that it goes when the process does,
/// however it goes. The database itself is never opened except through SQLite (closing any handle of it would drop SQLite's own locks).
/// </summary>
internal sealed class ShowLock : IDisposable
{
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int WouldBlockLinux = 11;
    private const int WouldBlockMac = 35;

    private readonly FileStream _file;

    private ShowLock(FileStream file) => _file = file;

    /// <summary>Takes the lock or says who has it.</summary>
    /// <param name="databasePath">The database; the lock lies beside it.</param>
    /// <param name="doing">What the one who has it is doing: <c>recording</c>, <c>receiving</c>.</param>
    public static ShowLock Take(string databasePath, string doing)
    {
        var path = Path.ChangeExtension(databasePath, ".lock");
        try
        {
            return new ShowLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        }
        catch (IOException error) when (error.HResult is SharingViolation or WouldBlockLinux or WouldBlockMac)
        {
            throw new StorageException(StorageFault.Locked, $"Another instance is already {doing}: {path} is locked.", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new StorageException(StorageFault.Forbidden, $"The lock file cannot be opened: {path}.", error);
        }
        catch (IOException error)
        {
            throw new StorageException(StorageFault.IoError, $"The lock file cannot be opened: {path}: {error.Message}", error);
        }
    }

    public void Dispose() => _file.Dispose();
}
