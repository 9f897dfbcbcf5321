using AudioRelay.Storage.Postgres;
using Npgsql;

namespace AudioRelay.Storage.Migrations;

/// <summary>The schema of a receiver's databases: numbered scripts, forward only, never edited after a release.</summary>
internal sealed class PostgresMigrations
{
    /// <summary>Of a show's database.</summary>
    public static readonly PostgresMigrations Show = new(
        "segments",
        Read("Show", "0001_show.sql", "0002_ranges.sql", "0003_title_blocks.sql", "0004_retention.sql", "0005_eras.sql")
    );

    /// <summary>Of the control database.</summary>
    public static readonly PostgresMigrations Control = new("bookmarks", Read("Control", "0001_bookmarks.sql"));

    // Any number, the same in every release: whoever migrates holds it until the transaction ends.
    private const long Lock = 0x6175_6469_6f72;

    private readonly string _landmark;
    private readonly string[] _scripts;

    /// <summary>Scripts in their order, as SQL.</summary>
    /// <param name="landmark">A table that the first one makes.</param>
    /// <param name="scripts">The text of each.</param>
    internal PostgresMigrations(string landmark, params string[] scripts)
    {
        _landmark = landmark;
        _scripts = scripts;
    }

    /// <summary>The newest schema this build knows.</summary>
    public int Newest => _scripts.Length;

    /// <summary>
    /// Brings the database up to date, inside the caller's transaction, so that a crash leaves it as it was. Says whether it was empty before.
    /// </summary>
    /// <exception cref="StorageException">It is not ours, the predecessor's, or of a newer release; nothing was changed.</exception>
    public async ValueTask<bool> ApplyAsync(NpgsqlConnection connection, string where, CancellationToken cancel)
    {
        await LockAsync(connection, where, cancel);
        var found = await VersionAsync(connection, where, cancel);
        if (found == 0)
        {
            await connection.RunAsync(
                "create table audiorelay_schema (version integer not null primary key, applied_at timestamptz not null default now())",
                cancel
            );
        }

        for (var version = found; version < Newest; version++)
        {
            // However long it takes: an index over years of sound is made once, or, cut off, anew at every start.
            await using var script = new NpgsqlCommand(_scripts[version], connection) { CommandTimeout = 0 };
            await script.ExecuteNonQueryAsync(cancel);
            await connection.RunAsync("insert into audiorelay_schema (version) values ($1)", cancel, version + 1);
        }

        return found == 0;
    }

    /// <summary>The schema of a database; 0 for an empty one.</summary>
    /// <exception cref="StorageException">It is not ours, the predecessor's, or of a newer release.</exception>
    public async ValueTask<int> VersionAsync(NpgsqlConnection connection, string where, CancellationToken cancel)
    {
        var tables = await connection.RowsAsync(
            row => row.GetString(0),
            "select c.relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r'",
            cancel
        );
        if (tables.Count == 0)
        {
            return 0;
        }

        if (!tables.Contains("audiorelay_schema"))
        {
            throw tables.Contains("metadata") && tables.Contains("segments")
                ? new StorageException(
                    StorageFault.WrongVersion,
                    $"The database {where} was filled by the predecessor, save_audio_stream. It was not touched. "
                        + "Choose another prefix in the [database] section; the shows are then pulled into new databases beside it."
                )
                : Foreign(where);
        }

        var found = await connection.ValueAsync<int>("select max(version) from audiorelay_schema", cancel);
        if (found > Newest)
        {
            throw new StorageException(
                StorageFault.NewerSchema,
                $"The database {where} was written by a newer release (schema {found}, this one knows {Newest}). Install that release or newer."
            );
        }

        return found > 0 && !tables.Contains(_landmark) ? throw Foreign(where) : found;
    }

    /// <summary>One at a time. Who waits is not kept for as long as a script may take, but told; it will try again.</summary>
    private static async ValueTask LockAsync(NpgsqlConnection connection, string where, CancellationToken cancel)
    {
        try
        {
            await connection.RunAsync("select pg_advisory_xact_lock($1)", cancel, Lock);
        }
        catch (PostgresException held) when (held.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new StorageException(
                StorageFault.Busy,
                $"The database {where} is being brought up to date by another program, which may take long. It will be tried again.",
                held
            );
        }
    }

    private static StorageException Foreign(string where) =>
        new(
            StorageFault.NotADatabase,
            $"The database {where} holds something else. It was not touched. Choose another prefix in the [database] section."
        );

    private static string[] Read(string folder, params string[] scripts)
    {
        var assembly = typeof(PostgresMigrations).Assembly;
        return [.. scripts.Select(Text)];

        string Text(string script)
        {
            using var stream =
                assembly.GetManifestResourceStream($"AudioRelay.Storage.Migrations.Postgres.{folder}/{script}")
                ?? throw new InvalidOperationException($"The script {folder}/{script} is not in the assembly.");
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
    }
}
