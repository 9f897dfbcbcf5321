namespace AudioRelay.Storage.Sqlite;

/// <summary>The system's SQLite library.</summary>
public static class SqliteLibrary
{
    /// <summary>Loads the library and tells its version.</summary>
    /// <exception cref="StorageException"><see cref="StorageFault.MissingLibrary"/>, with the name of the package to install.</exception>
    public static string Version() => throw new NotSupportedException("Comes next.");
}
