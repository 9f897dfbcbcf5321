namespace AudioRelay.Storage;

/// <summary>A store could not do what was asked.</summary>
public class StorageException : Exception
{
    /// <summary>Creates it with a text for people.</summary>
    public StorageException(StorageFault fault, string message, Exception? inner = null)
        : base(message, inner) => Fault = fault;

    /// <summary>What went wrong.</summary>
    public StorageFault Fault { get; }
}
