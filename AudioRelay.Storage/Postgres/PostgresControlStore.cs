using AudioRelay.Storage.Control;
using AudioRelay.Storage.Migrations;
using Npgsql;

namespace AudioRelay.Storage.Postgres;

/// <summary>The control database, made when it is used first.</summary>
internal sealed class PostgresControlStore(PostgresDatabase database, PostgresCreation creation) : IControlStore
{
    private const string Columns = "id, store, from_us, until_us, note, created_us";
    private readonly SemaphoreSlim _gate = new(1);
    private volatile bool _ready;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Bookmark>> BookmarksAsync(
        IReadOnlyCollection<string>? stores,
        CancellationToken cancel = default
    ) =>
        await RunAsync(
            (connection, cancel) =>
                connection.RowsAsync(
                    Read,
                    $"select {Columns} from bookmarks where $1::text[] is null or store = any ($1) order by created_us desc, id desc",
                    cancel,
                    (object?)stores?.ToArray()
                ),
            cancel
        );

    /// <inheritdoc/>
    public ValueTask<Bookmark> AddBookmarkAsync(NewBookmark bookmark, CancellationToken cancel = default) =>
        RunAsync(
            async (connection, cancel) =>
                (
                    await connection.RowsAsync(
                        Read,
                        $"""
                        insert into bookmarks (store, from_us, until_us, note, created_us) values ($1, $2, $3::bigint, $4, $5)
                        returning {Columns}
                        """,
                        cancel,
                        StoredText.Clean(bookmark.Store),
                        bookmark.FromUs,
                        bookmark.UntilUs,
                        StoredText.Clean(bookmark.Note),
                        bookmark.CreatedUs
                    )
                )[0],
            cancel
        );

    /// <inheritdoc/>
    public ValueTask<Bookmark?> ChangeBookmarkAsync(long id, string note, CancellationToken cancel = default) =>
        RunAsync(
            async (connection, cancel) =>
                (
                    await connection.RowsAsync(
                        Read,
                        $"update bookmarks set note = $2 where id = $1 returning {Columns}",
                        cancel,
                        id,
                        StoredText.Clean(note)
                    )
                ).FirstOrDefault(),
            cancel
        );

    /// <inheritdoc/>
    public ValueTask<bool> RemoveBookmarkAsync(long id, CancellationToken cancel = default) =>
        RunAsync(async (connection, cancel) => await connection.RunAsync("delete from bookmarks where id = $1", cancel, id) > 0, cancel);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async ValueTask<T> RunAsync<T>(Func<NpgsqlConnection, CancellationToken, ValueTask<T>> work, CancellationToken cancel)
    {
        if (!_ready)
        {
            await PrepareAsync(cancel);
        }

        return await database.RunAsync(work, cancel);
    }

    private async ValueTask PrepareAsync(CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel);
        try
        {
            if (!_ready)
            {
                await creation.CreateAsync(database.Name, cancel);
                await database.TransactAsync(
                    (connection, cancel) => PostgresMigrations.Control.ApplyAsync(connection, database.Where, cancel),
                    cancel
                );
                _ready = true;
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private static Bookmark Read(NpgsqlDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.LongOrNull(3), row.GetString(4), row.GetInt64(5));
}
