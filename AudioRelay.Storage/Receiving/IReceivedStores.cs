using AudioRelay.Storage.Control;

namespace AudioRelay.Storage.Receiving;

/// <summary>All stores of a receiver: a folder of SQLite files, or a PostgreSQL server with one database per show.</summary>
public interface IReceivedStores : IAsyncDisposable
{
    /// <summary>What belongs to no single show: bookmarks, accounts of tokens.</summary>
    IControlStore Control { get; }

    /// <summary>
    /// The shows that have a store here, whether their recorders are there or not, by name. One whose store cannot be read is listed with its
    /// fault, so that it is not mistaken for one that never was.
    /// </summary>
    ValueTask<IReadOnlyList<ReceivedShow>> ListAsync(CancellationToken cancel = default);

    /// <summary>Opens a show that has a store here.</summary>
    /// <exception cref="StorageException"><see cref="StorageFault.NotFound"/>, or why it cannot be opened.</exception>
    ValueTask<IReceivedStore> OpenAsync(string name, CancellationToken cancel = default);

    /// <summary>Opens a show's store and creates it first if there is none. An existing one is not changed and may say another source.</summary>
    /// <exception cref="StorageException">Why it cannot be opened or created; says what to do about it.</exception>
    ValueTask<IReceivedStore> OpenOrCreateAsync(SourceShow source, CancellationToken cancel = default);
}
