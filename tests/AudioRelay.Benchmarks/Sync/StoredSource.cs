using AudioRelay.Benchmarks.Measuring;

namespace AudioRelay.Benchmarks.Sync;

/// <summary>A recorder in a process of its own, over a show that is there already.</summary>
internal sealed class StoredSource : IAsyncDisposable
{
    private StoredSource(Child process, string address) => (Process, Address) = (process, address);

    public Child Process { get; }

    public string Address { get; }

    public static async Task<StoredSource> Start(string path)
    {
        var process = Child.Start(StoredRecorderChild.Verb, path);
        return new StoredSource(process, await process.Hear());
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
