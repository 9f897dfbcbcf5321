namespace AudioRelay.Storage;

/// <summary>What went wrong with a store. Logged and counted by name, so members are only ever added.</summary>
public enum StorageFault
{
    /// <summary>The disk is full; the transaction was rolled back and the store can be used again.</summary>
    DiskFull = 1,

    /// <summary>Another connection held the database longer than the busy limit.</summary>
    Busy = 2,

    /// <summary>The file is damaged.</summary>
    Corrupt = 3,

    /// <summary>The operating system failed a read, write or fsync; the store must be opened anew.</summary>
    IoError = 4,

    /// <summary>The file or its folder cannot be written.</summary>
    ReadOnly = 5,

    /// <summary>The file is not a database, or not one of ours.</summary>
    NotADatabase = 6,

    /// <summary>The file was written by a newer release.</summary>
    NewerSchema = 7,

    /// <summary>The predecessor's schema version is another than 4.</summary>
    WrongVersion = 8,

    /// <summary>The store is filled by sync and cannot be recorded to.</summary>
    IsRecipient = 9,

    /// <summary>The file holds another name, format or bitrate than the configuration says.</summary>
    ConfigMismatch = 10,

    /// <summary>Another recorder has the show.</summary>
    Locked = 11,

    /// <summary>The SQLite library is not installed.</summary>
    MissingLibrary = 12,

    /// <summary>The file lies on a network file system, where SQLite's write-ahead log does not work.</summary>
    NetworkFileSystem = 13,

    /// <summary>The batch would break an invariant; nothing of it was written.</summary>
    RuleBroken = 14,

    /// <summary>There is no such file.</summary>
    NotFound = 15,

    /// <summary>The file or its folder may not be opened.</summary>
    Forbidden = 16,

    /// <summary>The store was closed, or broke earlier and was not opened anew.</summary>
    Closed = 17,

    /// <summary>Another writer has claimed the show, or the checkpoint is not where the caller believed it; nothing was written.</summary>
    Fenced = 18,

    /// <summary>The database server cannot be reached, or broke off. What was being committed may or may not be there.</summary>
    Unreachable = 19,

    /// <summary>The database server refuses the user or its password.</summary>
    LoginRefused = 20,

    /// <summary>The database user lacks a right, such as that to create databases.</summary>
    NotAllowed = 21,

    /// <summary>The store is a recorder's and must not be filled by sync.</summary>
    NotARecipient = 22,

    /// <summary>Anything else; the text says what.</summary>
    Unexpected = 99,
}
