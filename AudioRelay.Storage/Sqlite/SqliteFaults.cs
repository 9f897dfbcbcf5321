using SQLitePCL;

namespace AudioRelay.Storage.Sqlite;

/// <summary>From SQLite's codes to our faults: by code, never by text.</summary>
internal static class SqliteFaults
{
    private const int IoErrorShmSize = raw.SQLITE_IOERR | (19 << 8);

    public static StorageException ToException(int code, string text, string path)
    {
        var fault = Classify(code);
        return fault == StorageFault.DiskFull
            ? new StorageFullException(path)
            : new StorageException(fault, $"{Sentence(fault)} {path}: {text} (SQLite {code}).");
    }

    private static StorageFault Classify(int code) =>
        (code, code & 0xff) switch
        {
            (_, raw.SQLITE_FULL) => StorageFault.DiskFull,
            // The shared-memory index beside the database could not grow: a full disk, told by another name.
            (IoErrorShmSize, _) => StorageFault.DiskFull,
            (_, raw.SQLITE_BUSY or raw.SQLITE_LOCKED) => StorageFault.Busy,
            (_, raw.SQLITE_CORRUPT) => StorageFault.Corrupt,
            (_, raw.SQLITE_NOTADB) => StorageFault.NotADatabase,
            // A rule of the schema, such as that no segment of a source is kept twice.
            (_, raw.SQLITE_CONSTRAINT) => StorageFault.RuleBroken,
            (_, raw.SQLITE_IOERR) => StorageFault.IoError,
            (_, raw.SQLITE_READONLY) => StorageFault.ReadOnly,
            (_, raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_AUTH) => StorageFault.Forbidden,
            _ => StorageFault.Unexpected,
        };

    private static string Sentence(StorageFault fault) =>
        fault switch
        {
            StorageFault.Busy => "Another connection holds the database",
            StorageFault.RuleBroken => "This breaks a rule of the database",
            StorageFault.Corrupt => "The database is damaged",
            StorageFault.NotADatabase => "This is not a database:",
            StorageFault.IoError => "The operating system failed a read or write of",
            StorageFault.ReadOnly => "The database or its folder cannot be written:",
            StorageFault.Forbidden => "The database cannot be opened:",
            _ => "Unexpected answer of the database",
        };
}
