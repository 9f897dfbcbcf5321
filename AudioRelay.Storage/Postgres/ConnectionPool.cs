using System.Collections.Concurrent;
using Npgsql;

namespace AudioRelay.Storage.Postgres;

/// <summary>
/// The connections of this process to all its databases, under one budget. Npgsql's own pools are one per database and know nothing of each
/// other, so a hundred shows would keep two hundred idle connections; here the budget counts every connection there is, idle ones are closed for
/// whoever needs another database, and who finds none free waits in line.
/// </summary>
internal sealed class ConnectionPool(PostgresAddress address, int? budget, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Most connections to one database: one that writes and one that reads.</summary>
    public const int MostPerDatabase = 2;

    /// <summary>How long a connection is kept that nobody uses.</summary>
    public static readonly TimeSpan KeptIdle = TimeSpan.FromSeconds(15);

    // A server that was restarted has cut what is idle; asking costs a round trip, so one that was used a moment ago is believed.
    private static readonly TimeSpan Believed = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, NpgsqlDataSource> _sources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);
    private readonly LinkedList<Idle> _idle = new();
    private readonly LinkedList<Waiter> _waiting = new();
    private ITimer? _sweep;
    private int _total;
    private int? _limit = budget;
    private bool _closed;

    /// <summary>Connections there are now, used or idle.</summary>
    public int Total
    {
        get
        {
            lock (_gate)
            {
                return _total;
            }
        }
    }

    /// <summary>The most there may be; known after the first was opened, unless it was configured.</summary>
    public int? Limit
    {
        get
        {
            lock (_gate)
            {
                return _limit;
            }
        }
    }

    /// <summary>Takes a connection to a database, waiting in line while the budget is spent.</summary>
    /// <exception cref="StorageException">It cannot be opened, or the pool is closed.</exception>
    public async ValueTask<PooledConnection> RentAsync(string database, CancellationToken cancel)
    {
        while (true)
        {
            var grant = await GrantAsync(database, cancel);
            if (grant.Reused is null)
            {
                return new PooledConnection(this, database, await OpenAsync(database, grant.Victim, cancel));
            }

            var rented = new PooledConnection(this, database, grant.Reused);
            if (time.GetElapsedTime(grant.IdleSince) < Believed || await AnswersAsync(rented, cancel))
            {
                return rented;
            }
        }
    }

    /// <summary>Gives a connection back.</summary>
    public async ValueTask ReturnAsync(string database, NpgsqlConnection connection, bool broken)
    {
        List<Idle> closing = [];
        lock (_gate)
        {
            if (broken || _closed || connection.State != System.Data.ConnectionState.Open)
            {
                closing.Add(new Idle(database, connection, 0));
                Forget(database);
            }
            else
            {
                _idle.AddLast(new Idle(database, connection, time.GetTimestamp()));
            }

            Serve();
            ArmSweep();
        }

        await CloseAsync(closing);
    }

    /// <summary>Closes what is idle, of one database or of all; used before a database is dropped, and when the server broke off.</summary>
    public async ValueTask CloseIdleAsync(string? database = null)
    {
        List<Idle> closing;
        lock (_gate)
        {
            closing = [.. _idle.Where(i => database is null || i.Database == database)];
            foreach (var idle in closing)
            {
                _idle.Remove(idle);
                Forget(idle.Database);
            }

            Serve();
        }

        await CloseAsync(closing);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        List<Waiter> waiting;
        lock (_gate)
        {
            _closed = true;
            waiting = [.. _waiting];
            _waiting.Clear();
        }

        foreach (var waiter in waiting)
        {
            waiter.Granted.TrySetException(Closed());
        }

        await CloseIdleAsync();
        if (_sweep is { } sweep)
        {
            await sweep.DisposeAsync();
        }

        foreach (var source in _sources.Values)
        {
            await source.DisposeAsync();
        }
    }

    private async ValueTask<Grant> GrantAsync(string database, CancellationToken cancel)
    {
        LinkedListNode<Waiter> node;
        lock (_gate)
        {
            if (_closed)
            {
                throw Closed();
            }

            if (TryGrant(database) is { } grant)
            {
                return grant;
            }

            node = _waiting.AddLast(new Waiter(database));
        }

        await using var given = cancel.Register(() => GiveUp(node, cancel));
        return await node.Value.Granted.Task;
    }

    private void GiveUp(LinkedListNode<Waiter> node, CancellationToken cancel)
    {
        lock (_gate)
        {
            // Whoever was granted a connection has left the line and keeps it.
            if (node.List is null)
            {
                return;
            }

            _waiting.Remove(node);
        }

        node.Value.Granted.TrySetCanceled(cancel);
    }

    /// <summary>An idle one of this database; else a place for a new one, for which an idle one of another database may have to go.</summary>
    private Grant? TryGrant(string database)
    {
        for (var node = _idle.Last; node is not null; node = node.Previous)
        {
            if (node.Value.Database == database)
            {
                _idle.Remove(node);
                return new Grant(node.Value.Connection, node.Value.Since, null);
            }
        }

        if (_open.GetValueOrDefault(database) >= MostPerDatabase)
        {
            return null;
        }

        // Until the server was asked how many it has, one connection is enough to ask.
        NpgsqlConnection? victim = null;
        if (_total >= (_limit ?? 1))
        {
            if (_idle.First is not { } oldest)
            {
                return null;
            }

            _idle.RemoveFirst();
            Forget(oldest.Value.Database);
            victim = oldest.Value.Connection;
        }

        _total++;
        _open[database] = _open.GetValueOrDefault(database) + 1;
        return new Grant(null, 0, victim);
    }

    private void Serve()
    {
        for (var node = _waiting.First; node is not null; )
        {
            var next = node.Next;
            if (TryGrant(node.Value.Database) is { } grant)
            {
                _waiting.Remove(node);
                node.Value.Granted.TrySetResult(grant);
            }

            node = next;
        }
    }

    private void Forget(string database)
    {
        _total--;
        if (--_open[database] == 0)
        {
            _open.Remove(database);
        }
    }

    private async ValueTask<NpgsqlConnection> OpenAsync(string database, NpgsqlConnection? victim, CancellationToken cancel)
    {
        var connection = _sources.GetOrAdd(database, address.Source).CreateConnection();
        try
        {
            if (victim is not null)
            {
                await victim.DisposeAsync();
            }

            await connection.OpenAsync(cancel);
            if (Limit is null)
            {
                await LearnLimitAsync(connection, cancel);
            }

            return connection;
        }
        catch (Exception error)
        {
            await ReturnAsync(database, connection, broken: true);
            if (PostgresFaults.IsOurs(error))
            {
                throw PostgresFaults.Map(error, address, database);
            }

            throw;
        }
    }

    private async ValueTask LearnLimitAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var forUsers = await connection.ValueAsync<int>(
            "select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int",
            cancel
        );
        lock (_gate)
        {
            // The other half is for a second receiver, and for whoever looks at the server.
            _limit ??= Math.Max(MostPerDatabase, forUsers / 2);
            Serve();
        }
    }

    private static async ValueTask<bool> AnswersAsync(PooledConnection rented, CancellationToken cancel)
    {
        try
        {
            await rented.Connection.RunAsync("select 1", cancel);
            return true;
        }
        catch (Exception error)
        {
            rented.Break();
            await rented.DisposeAsync();
            if (PostgresFaults.IsOurs(error))
            {
                return false;
            }

            throw;
        }
    }

    private void ArmSweep()
    {
        if (_idle.First is { } oldest && !_closed)
        {
            var left = KeptIdle - time.GetElapsedTime(oldest.Value.Since);
            var due = left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1);
            _sweep ??= time.CreateTimer(_ => Sweep(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _sweep.Change(due, Timeout.InfiniteTimeSpan);
        }
    }

    private void Sweep()
    {
        List<Idle> closing = [];
        lock (_gate)
        {
            while (_idle.First is { } oldest && time.GetElapsedTime(oldest.Value.Since) >= KeptIdle)
            {
                _idle.RemoveFirst();
                Forget(oldest.Value.Database);
                closing.Add(oldest.Value);
            }

            ArmSweep();
        }

        // A goodbye and a close: short, and nobody waits for it.
        foreach (var idle in closing)
        {
            idle.Connection.Dispose();
        }
    }

    private static async ValueTask CloseAsync(List<Idle> closing)
    {
        foreach (var idle in closing)
        {
            await idle.Connection.DisposeAsync();
        }
    }

    private static StorageException Closed() => new(StorageFault.Closed, "The PostgreSQL stores are closed.");

    private readonly record struct Grant(NpgsqlConnection? Reused, long IdleSince, NpgsqlConnection? Victim);

    private sealed record Idle(string Database, NpgsqlConnection Connection, long Since);

    private sealed class Waiter(string database)
    {
        public string Database { get; } = database;

        public TaskCompletionSource<Grant> Granted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
