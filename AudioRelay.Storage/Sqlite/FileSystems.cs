namespace AudioRelay.Storage.Sqlite;

/// <summary>Which file systems a store may lie on.</summary>
internal static class FileSystems
{
    private static readonly string[] Network = ["nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "webdav"];

    /// <summary>Refuses a network file system: the write-ahead log needs memory that all its users share.</summary>
    public static void RefuseNetwork(string path)
    {
        if (Network.Contains(FormatOf(path), StringComparer.OrdinalIgnoreCase))
        {
            throw new StorageException(
                StorageFault.NetworkFileSystem,
                $"{path} lies on a network file system, where SQLite cannot keep a database safe. Choose a local folder."
            );
        }
    }

    /// <summary>Creates the folder a database is to lie in.</summary>
    public static void CreateFolderOf(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(StorageFault.Forbidden, $"The folder {folder} cannot be created: {error.Message}", error);
        }
    }

    private static string FormatOf(string path)
    {
        try
        {
            return new DriveInfo(Path.GetFullPath(path)).DriveFormat;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Some mounts do not tell (a Windows share has no drive at all); SQLite then says what it cannot do.
            return "";
        }
    }
}
