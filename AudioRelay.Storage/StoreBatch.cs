using AudioRelay.Storage.Journal;

namespace AudioRelay.Storage;

/// <summary>What one transaction writes, in the order in which it was added: journal entries and segments.</summary>
/// <remarks>Not thread-safe; hands itself over to the store and is not touched until the commit has completed.</remarks>
public sealed class StoreBatch
{
    private readonly List<StoreItem> _items = [];

    /// <summary>What was added, in order.</summary>
    public IReadOnlyList<StoreItem> Items => _items;

    /// <summary>True when nothing was added.</summary>
    public bool IsEmpty => _items.Count == 0;

    /// <summary>Adds a journal entry.</summary>
    /// <param name="atUs">When it is written, UTC µs.</param>
    /// <param name="body">What happened.</param>
    public StoreBatch Add(long atUs, JournalBody body)
    {
        ArgumentNullException.ThrowIfNull(body);
        _items.Add(new StoreItem(atUs, body, default));
        return this;
    }

    /// <summary>Adds a segment; its section must be open by then.</summary>
    public StoreBatch Add(in NewSegment segment)
    {
        _items.Add(new StoreItem(0, null, segment));
        return this;
    }

    /// <summary>Empties it for use again after its commit has completed.</summary>
    public void Clear() => _items.Clear();
}
