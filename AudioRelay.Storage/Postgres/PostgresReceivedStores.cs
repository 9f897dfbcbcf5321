using System.Collections.Concurrent;
using System.Text;
using AudioRelay.Storage.Control;
using AudioRelay.Storage.Migrations;
using AudioRelay.Storage.Receiving;
using AudioRelay.Storage.Sqlite;
using Npgsql;

namespace AudioRelay.Storage.Postgres;

/// <summary>
/// The stores of a receiver on a PostgreSQL server: a database per show, <c>save_audio_{prefix}_{show}</c>, created when the show is received
/// first, and <c>save_audio_{prefix}__control</c>. Nothing is connected to before it is used.
/// </summary>
public sealed class PostgresReceivedStores : IReceivedStores
{
    private const int LongestName = 63;
    private const int ListedAtOnce = 4;

    private readonly PostgresAddress _address;
    private readonly ConnectionPool _pool;
    private readonly PostgresCreation _creation;
    private readonly PostgresControlStore _control;
    private readonly string _prefix;
    private readonly TimeProvider _time;
    private readonly Random _random;

    /// <summary>Prepares them.</summary>
    /// <param name="options">Where the server is.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Where new stores' identities come from; used by one caller at a time.</param>
    /// <exception cref="FormatException">The URL is not one; says what is wrong.</exception>
    /// <exception cref="StorageException"><see cref="StorageFault.ConfigMismatch"/>: the prefix is too long for any database.</exception>
    public PostgresReceivedStores(PostgresOptions options, TimeProvider time, Random random)
    {
        _address = new PostgresAddress(options.Url, options.Password);
        _pool = new ConnectionPool(_address, options.MaxConnections, time);
        _creation = new PostgresCreation(_pool, _address);
        _prefix = options.Prefix;
        _time = time;
        _random = random;
        _control = new PostgresControlStore(Database(Checked($"save_audio_{_prefix}__control")), _creation);
    }

    /// <inheritdoc/>
    public IControlStore Control => _control;

    private string Beginning => $"save_audio_{_prefix}_";

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ReceivedShow>> ListAsync(CancellationToken cancel = default)
    {
        var shows = new ConcurrentBag<ReceivedShow>();
        await Parallel.ForEachAsync(
            (await _creation.ListAsync(Beginning, cancel)).Where(name => name != $"{Beginning}_control"),
            new ParallelOptions { MaxDegreeOfParallelism = ListedAtOnce, CancellationToken = cancel },
            async (name, cancel) =>
            {
                if (await DescribeAsync(name, cancel) is { } show)
                {
                    shows.Add(show);
                }
            }
        );
        return [.. shows.OrderBy(s => s.Name, StringComparer.OrdinalIgnoreCase).ThenBy(s => s.Name, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public async ValueTask<IReceivedStore> OpenAsync(string name, CancellationToken cancel = default)
    {
        var database = Database(NameFor(name));
        // A server may say that a database is missing in other words when it is set up to hide what there is; so it is asked.
        if (!await _creation.ExistsAsync(database.Name, cancel))
        {
            throw NoStore(name, database);
        }

        if (await database.RunAsync((c, cancel) => PostgresMigrations.Show.VersionAsync(c, database.Where, cancel), cancel) == 0)
        {
            throw NoStore(name, database);
        }

        return await OpenAsync(database, null, name, cancel);
    }

    /// <inheritdoc/>
    public async ValueTask<IReceivedStore> OpenOrCreateAsync(SourceShow source, CancellationToken cancel = default)
    {
        SourceNames.Require(source);
        var database = Database(NameFor(source.Name));
        await _creation.CreateAsync(database.Name, cancel);
        return await OpenAsync(database, source, source.Name, cancel);
    }

    /// <summary>Asks the server who one is there and what one may do; leaves nothing behind.</summary>
    /// <exception cref="StorageException">It cannot be reached, or does not let us in.</exception>
    public ValueTask<PostgresServerInfo> LookAsync(CancellationToken cancel = default) => _creation.LookAsync(cancel);

    /// <summary>Closes the connections that are idle; those in use are closed when they are given back.</summary>
    public async ValueTask DisposeAsync() => await _pool.DisposeAsync();

    /// <summary>The connections there are now, for tests and metrics.</summary>
    internal ConnectionPool Pool => _pool;

    /// <summary>The database of a show, for tests of what is in it.</summary>
    internal PostgresDatabase DatabaseOf(string show) => Database(NameFor(show));

    private PostgresDatabase Database(string name) => new(_pool, _address, name);

    private string NameFor(string show) => Checked(Beginning + StoreSlug.Of(show));

    private string Checked(string name)
    {
        var bytes = Encoding.UTF8.GetByteCount(name);
        return bytes <= LongestName
            ? name
            : throw new StorageException(
                StorageFault.ConfigMismatch,
                $"The database name {name} has {bytes} bytes; PostgreSQL allows {LongestName}. "
                    + $"Choose a prefix in the [database] section that is {bytes - LongestName} bytes shorter than '{_prefix}'."
            );
    }

    private async ValueTask<IReceivedStore> OpenAsync(PostgresDatabase database, SourceShow? created, string name, CancellationToken cancel)
    {
        var (source, sources) = await database.TransactAsync((c, cancel) => PrepareAsync(c, database, created, cancel), cancel);
        if (source.Name != name)
        {
            throw new StorageException(
                StorageFault.ConfigMismatch,
                $"The database {database.Where} holds the show '{source.Name}', not '{name}'."
            );
        }

        return new PostgresReceivedStore(database, source, sources, _time);
    }

    private async ValueTask<(SourceShow Source, IReadOnlyCollection<string> Sources)> PrepareAsync(
        NpgsqlConnection connection,
        PostgresDatabase database,
        SourceShow? created,
        CancellationToken cancel
    )
    {
        if (await PostgresMigrations.Show.ApplyAsync(connection, database.Where, cancel) && created is not null)
        {
            await PostgresMetadata.WriteAsync(connection, PostgresMetadata.Of(created, _prefix, NewUniqueId()), cancel);
            await connection.RunAsync(
                "insert into sync_fence (source_store, next_id, journal_seq, epoch) values ($1, 1, 0, 0)",
                cancel,
                StoredText.Clean(created.UniqueId)
            );
        }

        var source = PostgresMetadata.SourceOf(await PostgresMetadata.ReadAsync(connection, cancel));
        var numbered = await connection.RowsAsync(row => row.GetString(0), "select unique_id from sources", cancel);
        return (source, [.. numbered.Append(source.UniqueId).Distinct()]);
    }

    private string NewUniqueId()
    {
        lock (_random)
        {
            return "db_" + new string(_random.GetItems<char>("abcdefghijklmnopqrstuvwxyz0123456789", 12));
        }
    }

    /// <summary>Null for a database that is not of this prefix, or that somebody is just creating.</summary>
    private async ValueTask<ReceivedShow?> DescribeAsync(string name, CancellationToken cancel)
    {
        var database = Database(name);
        try
        {
            var metadata = await database.RunAsync(
                async (c, cancel) =>
                    await PostgresMigrations.Show.VersionAsync(c, database.Where, cancel) == 0
                        ? null
                        : await PostgresMetadata.ReadAsync(c, cancel),
                cancel
            );
            // save_audio_a_b_c may be c of the prefix a_b, or b_c of the prefix a.
            return metadata is null || metadata.GetValueOrDefault(PostgresMetadata.Prefix) != _prefix
                ? null
                : new ReceivedShow(metadata.GetValueOrDefault(ShowMetadata.Name, name), PostgresMetadata.SourceOf(metadata));
        }
        catch (StorageException fault) when (fault.Fault != StorageFault.Unreachable)
        {
            return new ReceivedShow(name, null, fault);
        }
    }

    private static StorageException NoStore(string name, PostgresDatabase database) =>
        new(StorageFault.NotFound, $"The show '{name}' has no store here: there is no database {database.Where}.");
}
