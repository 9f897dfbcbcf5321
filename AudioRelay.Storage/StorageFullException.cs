namespace AudioRelay.Storage;

/// <summary>The disk is full. The transaction was rolled back; the same batch can be committed again when there is room.</summary>
public sealed class StorageFullException : StorageException
{
    /// <summary>Creates it for a file.</summary>
    public StorageFullException(string path, Exception? inner = null)
        : base(StorageFault.DiskFull, $"The disk is full: cannot write to {path}.", inner) => Path = path;

    /// <summary>The file that could not grow.</summary>
    public string Path { get; }
}
