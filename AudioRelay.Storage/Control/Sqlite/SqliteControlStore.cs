using System.Text.Json;
using AudioRelay.Storage.Migrations;
using AudioRelay.Storage.Sqlite;

namespace AudioRelay.Storage.Control.Sqlite;

/// <summary>
/// <c>control.sqlite</c>: one connection, one caller at a time. People write here, not stations: a few short statements a minute, run where
/// they are asked for.
/// </summary>
internal sealed class SqliteControlStore : IControlStore
{
    private const string Columns = "id, store, from_us, until_us, note, created_us";

    private readonly Database _database;
    private readonly SemaphoreSlim _gate = new(1);
    private bool _closed;

    private SqliteControlStore(Database database) => _database = database;

    /// <summary>Opens the file, creating or migrating it.</summary>
    /// <exception cref="StorageException">It cannot be opened, or is not a control store of a version that this program knows.</exception>
    public static SqliteControlStore Open(string path)
    {
        FileSystems.CreateFolderOf(path);
        FileSystems.RefuseNetwork(path);
        var database = Database.OpenForWriting(path);
        try
        {
            database.Execute("pragma busy_timeout = 5000");
            if (
                database.Long("select count(*) from sqlite_master") > 0
                && !SqliteMigrations.HasTable(database, "audiorelay_control_schema")
            )
            {
                throw new StorageException(StorageFault.NotADatabase, $"{path} is a database, but not a receiver's control store.");
            }

            SqliteMigrations.RefuseNewerControl(database);
            database.Execute("pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -128");
            database.Begin();
            SqliteMigrations.ApplyControl(database);
            database.Commit();
            return new SqliteControlStore(database);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Bookmark>> BookmarksAsync(IReadOnlyCollection<string>? stores, CancellationToken cancel = default) =>
        RunAsync<IReadOnlyList<Bookmark>>(
            () =>
            {
                var bookmarks = new List<Bookmark>();
                using var row = _database
                    .Query(
                        $"""
                        select {Columns} from bookmarks where ?1 is null or store in (select value from json_each(?1))
                        order by created_us desc, id desc
                        """
                    )
                    .Bind(1, stores is null ? null : JsonSerializer.Serialize(stores));
                while (row.Step())
                {
                    bookmarks.Add(Read(row));
                }

                return bookmarks;
            },
            cancel
        );

    /// <inheritdoc/>
    public ValueTask<Bookmark> AddBookmarkAsync(NewBookmark bookmark, CancellationToken cancel = default)
    {
        BookmarkRules.Check(bookmark);
        return RunAsync(
            () =>
            {
                using var row = _database
                    .Query(
                        $"insert into bookmarks (store, from_us, until_us, note, created_us) values (?1, ?2, ?3, ?4, ?5) returning {Columns}"
                    )
                    .Bind(1, bookmark.Store)
                    .Bind(2, bookmark.FromUs)
                    .Bind(3, bookmark.UntilUs)
                    .Bind(4, bookmark.Note)
                    .Bind(5, bookmark.CreatedUs);
                return ReadOnly(row)!;
            },
            cancel
        );
    }

    /// <inheritdoc/>
    public ValueTask<Bookmark?> ChangeBookmarkAsync(long id, string note, CancellationToken cancel = default)
    {
        BookmarkRules.CheckNote(note);
        return RunAsync(
            () =>
            {
                using var row = _database
                    .Query($"update bookmarks set note = ?2 where id = ?1 returning {Columns}")
                    .Bind(1, id)
                    .Bind(2, note);
                return ReadOnly(row);
            },
            cancel
        );
    }

    /// <inheritdoc/>
    public ValueTask<bool> RemoveBookmarkAsync(long id, CancellationToken cancel = default) =>
        RunAsync(
            () =>
            {
                _database.Query("delete from bookmarks where id = ?1").Bind(1, id).Run();
                return _database.Long("select changes()") > 0;
            },
            cancel
        );

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync();
        if (!_closed)
        {
            _closed = true;
            _database.Dispose();
        }

        _gate.Release();
    }

    private async ValueTask<T> RunAsync<T>(Func<T> work, CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel);
        try
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            return work();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The one row of a statement that writes; stepped to its end, which is when it commits.</summary>
    private static Bookmark? ReadOnly(Statement row)
    {
        Bookmark? bookmark = null;
        while (row.Step())
        {
            bookmark = Read(row);
        }

        return bookmark;
    }

    private static Bookmark Read(Statement row) => new(row.Long(0), row.Text(1), row.Long(2), row.LongOrNull(3), row.Text(4), row.Long(5));
}
