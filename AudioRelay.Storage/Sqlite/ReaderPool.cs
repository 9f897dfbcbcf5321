using System.Collections.Concurrent;

namespace AudioRelay.Storage.Sqlite;

/// <summary>A few read-only connections to one file. A caller has one to itself for as long as it reads.</summary>
internal sealed class ReaderPool : IDisposable
{
    private readonly string _path;
    private readonly bool _immutable;
    private readonly SemaphoreSlim _free;

    // Between requests at most one is kept: with a hundred shows, more would only hold memory.
    private readonly ConcurrentBag<Database> _idle = [];
    private volatile bool _closed;

    public ReaderPool(string path, bool immutable, int connections)
    {
        _path = path;
        _immutable = immutable;
        _free = new SemaphoreSlim(connections);
    }

    /// <summary>Runs a read in one transaction, so that all it sees is of one moment.</summary>
    public async ValueTask<T> ReadAsync<T>(Func<Database, T> read, CancellationToken cancel)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        await _free.WaitAsync(cancel);
        Database? database = null;
        try
        {
            database = _idle.TryTake(out var idle) ? idle : Connect();
            database.BeginRead();
            var result = read(database);
            database.Commit();
            Return(database);
            database = null;
            return result;
        }
        finally
        {
            // After any fault the connection is not trusted with another read.
            database?.Dispose();
            _free.Release();
        }
    }

    public void Dispose()
    {
        _closed = true;
        while (_idle.TryTake(out var database))
        {
            database.Dispose();
        }
    }

    private void Return(Database database)
    {
        if (_closed || !_idle.IsEmpty)
        {
            database.Dispose();
        }
        else
        {
            _idle.Add(database);
        }
    }

    private Database Connect()
    {
        var database = Database.OpenForReading(_path, _immutable);
        try
        {
            database.Execute(
                """
                pragma busy_timeout = 5000;
                pragma query_only = on;
                pragma wal_autocheckpoint = 0;
                pragma temp_store = memory;
                pragma cache_size = -256;
                """
            );
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }
}
