namespace AudioRelay.Storage.Receiving;

/// <summary>A show that has a store here.</summary>
/// <param name="Name">Its name here, as shown; of a store that cannot be read, the file's or database's name.</param>
/// <param name="Source">What it was at its source; null when the store cannot be read.</param>
/// <param name="Fault">Why the store cannot be read; null when it can.</param>
public sealed record ReceivedShow(string Name, SourceShow? Source, StorageException? Fault = null);
