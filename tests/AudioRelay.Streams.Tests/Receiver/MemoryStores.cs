using AudioRelay.Storage;
using AudioRelay.Storage.Control;
using AudioRelay.Storage.Receiving;

namespace AudioRelay.Streams.Tests.Receiver;

/// <summary>The stores of a receiver in memory: they outlive the receiver that opens and closes them.</summary>
internal sealed class MemoryStores : IReceivedStores
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, MemoryStore.Kept> _kept = new(StringComparer.OrdinalIgnoreCase);

    public IControlStore Control => throw new NotSupportedException("No test of the actors asks for it.");

    /// <summary>Called before each call with what it is and the show's name; may throw or wait.</summary>
    public Func<string, string, Task> OnCall { get; set; } = static (_, _) => Task.CompletedTask;

    /// <summary>True: a transaction takes all that comes while it is written, as a server's does.</summary>
    public bool TakesMore { get; init; }

    public MemoryStore.Kept this[string name]
    {
        get
        {
            lock (_lock)
            {
                return _kept[name];
            }
        }
    }

    public IReadOnlyList<string> Names
    {
        get
        {
            lock (_lock)
            {
                return [.. _kept.Keys.Order(StringComparer.Ordinal)];
            }
        }
    }

    public ValueTask<IReadOnlyList<ReceivedShow>> ListAsync(CancellationToken cancel = default)
    {
        lock (_lock)
        {
            return new([
                .. _kept.Values.Select(k => new ReceivedShow(k.Source.Name, k.Source)).OrderBy(s => s.Name, StringComparer.Ordinal),
            ]);
        }
    }

    public async ValueTask<IReceivedStore> OpenAsync(string name, CancellationToken cancel = default)
    {
        await OnCall("open", name);
        lock (_lock)
        {
            return _kept.TryGetValue(name, out var kept)
                ? new MemoryStore(kept, OnCallOf, TakesMore)
                : throw new StorageException(StorageFault.NotFound, $"There is no store of '{name}'.");
        }
    }

    public async ValueTask<IReceivedStore> OpenOrCreateAsync(SourceShow source, CancellationToken cancel = default)
    {
        await OnCall("create", source.Name);
        lock (_lock)
        {
            if (!_kept.TryGetValue(source.Name, out var kept))
            {
                _kept.Add(source.Name, kept = new MemoryStore.Kept(source));
            }

            return new MemoryStore(kept, OnCallOf, TakesMore);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task OnCallOf(string call, string name) => OnCall(call, name);
}
