namespace AudioRelay.Storage.Threads;

/// <summary>A piece of work for a storage thread. Never throws: what goes wrong belongs to the one who waits for it.</summary>
internal abstract class StoreWork
{
    public abstract void Run();
}
