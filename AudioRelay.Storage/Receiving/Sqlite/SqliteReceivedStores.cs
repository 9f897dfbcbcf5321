using AudioRelay.Storage.Control;
using AudioRelay.Storage.Control.Sqlite;
using AudioRelay.Storage.Sqlite;
using AudioRelay.Storage.Threads;

namespace AudioRelay.Storage.Receiving.Sqlite;

/// <summary>
/// The stores of a receiver without a database server: a file per show in <c>shows/</c> of its data folder, and <c>control.sqlite</c>. All are
/// written by a few threads, a show always by the same one.
/// </summary>
public sealed class SqliteReceivedStores : IReceivedStores
{
    private readonly string _folder;
    private readonly StorageThreads _threads;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly StoreOptions _options;
    private readonly SqliteControlStore _control;
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<string, OpenFile> _open = new(StringComparer.Ordinal);

    private SqliteReceivedStores(
        string folder,
        SqliteControlStore control,
        StorageThreads threads,
        TimeProvider time,
        Random random,
        StoreOptions options
    )
    {
        _folder = folder;
        _control = control;
        _threads = threads;
        _time = time;
        _random = random;
        _options = options;
    }

    /// <inheritdoc/>
    public IControlStore Control => _control;

    /// <summary>Opens the stores of a data folder, creating what is not there.</summary>
    /// <param name="dataFolder">The receiver's <c>data_dir</c>.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Where new stores' identities come from.</param>
    /// <param name="threads">1 to 4 threads that write.</param>
    /// <param name="options">How the shows' stores behave.</param>
    /// <exception cref="StorageException">The folder or <c>control.sqlite</c> cannot be used.</exception>
    public static SqliteReceivedStores Open(
        string dataFolder,
        TimeProvider time,
        Random random,
        int threads = 2,
        StoreOptions? options = null
    )
    {
        var control = SqliteControlStore.Open(Path.Combine(dataFolder, "control.sqlite"));
        return new SqliteReceivedStores(
            Path.Combine(dataFolder, "shows"),
            control,
            new StorageThreads(time, threads),
            time,
            random,
            options ?? new StoreOptions()
        );
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ReceivedShow>> ListAsync(CancellationToken cancel = default)
    {
        var paths = Directory.Exists(_folder) ? Directory.GetFiles(_folder, "*.sqlite") : [];
        return await Task.Run<IReadOnlyList<ReceivedShow>>(
            () => [.. paths.Select(Describe).OrderBy(s => s.Name, StringComparer.OrdinalIgnoreCase)],
            cancel
        );
    }

    /// <inheritdoc/>
    public async ValueTask<IReceivedStore> OpenAsync(string name, CancellationToken cancel = default)
    {
        var path = PathOf(name);
        if (!File.Exists(path))
        {
            throw new StorageException(StorageFault.NotFound, $"The show '{name}' has no store here: {path} does not exist.");
        }

        return await OpenAsync(path, new SourceShow(name, "", "", "", "", "", ""), cancel);
    }

    /// <inheritdoc/>
    public async ValueTask<IReceivedStore> OpenOrCreateAsync(SourceShow source, CancellationToken cancel = default)
    {
        SourceNames.Require(source);
        return await OpenAsync(PathOf(source.Name), source, cancel);
    }

    /// <summary>Closes everything after what is queued, also what somebody still has open.</summary>
    public async ValueTask DisposeAsync()
    {
        await _threads.DisposeAsync();
        await _gate.WaitAsync();
        foreach (var open in _open.Values)
        {
            await open.Reader.DisposeAsync();
            open.File.Dispose();
        }

        _open.Clear();
        _gate.Release();
        await _control.DisposeAsync();
    }

    private string PathOf(string name) => Path.Combine(_folder, StoreSlug.Of(name) + ".sqlite");

    private async Task<IReceivedStore> OpenAsync(string path, SourceShow source, CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel);
        try
        {
            if (!_open.TryGetValue(path, out var open))
            {
                var thread = _threads.ThreadFor(path);
                var opening = new StoreCall<OpenFile>(() => Open(path, source, thread));
                await thread.EnqueueAsync(opening, cancel);
                _open[path] = open = await opening.Done;
            }

            if (open.File.Source.Name != source.Name)
            {
                throw ReceivedMetadata.AnotherShow(path, open.File.Source.Name, source.Name);
            }

            open.Users++;
            return new SqliteReceivedStore(open, _time, ReleaseAsync);
        }
        finally
        {
            _gate.Release();
        }
    }

    private OpenFile Open(string path, SourceShow source, StorageThread thread)
    {
        var file = ReceivedFile.Open(path, source, _random, _options);
        try
        {
            return new OpenFile(file, SqliteShowReader.Open(path), thread);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private async ValueTask ReleaseAsync(OpenFile open)
    {
        await _gate.WaitAsync();
        try
        {
            // When the stores have been closed, so has the file.
            if (--open.Users > 0 || !_open.Remove(open.File.Path))
            {
                return;
            }

            await open.Reader.DisposeAsync();
            var closing = new StoreCall<bool>(() =>
            {
                open.File.Dispose();
                return true;
            });
            await open.Thread.EnqueueAsync(closing, CancellationToken.None);
            await closing.Done;
        }
        finally
        {
            _gate.Release();
        }
    }

    private static ReceivedShow Describe(string path)
    {
        try
        {
            using var database = Database.OpenForReading(path, immutable: false);
            database.Execute("pragma busy_timeout = 5000");
            StoreSetup.RequireShow(database);
            var source = ReceivedMetadata.Read(database);
            ReceivedMetadata.Inspect(database, source.Name);
            return new ReceivedShow(source.Name, source);
        }
        catch (StorageException fault)
        {
            return new ReceivedShow(Path.GetFileNameWithoutExtension(path), null, fault);
        }
    }
}
