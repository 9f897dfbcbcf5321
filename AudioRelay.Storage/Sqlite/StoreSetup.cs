using AudioRelay.Storage.Migrations;

namespace AudioRelay.Storage.Sqlite;

/// <summary>Makes a show's file ready for writing: creates or migrates it, sets the connection up.</summary>
internal static class StoreSetup
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>Prepares the file.</summary>
    /// <param name="database">The connection.</param>
    /// <param name="options">How the store behaves.</param>
    /// <param name="inspect">Refuses a file of a show that is another than what is wanted.</param>
    /// <param name="create">Writes what a new file says of itself.</param>
    public static void Prepare(Database database, StoreOptions options, Action inspect, Action create)
    {
        database.Execute($"pragma busy_timeout = {(long)options.BusyLimit.TotalMilliseconds}");
        // Asked before anything is changed: a file that is not ours stays as it is.
        var isNew = database.Long("select count(*) from sqlite_master") == 0;
        if (!isNew)
        {
            RequireShow(database);
            inspect();
        }

        SetPragmas(database, isNew, options);
        database.Begin();
        try
        {
            if (isNew)
            {
                SqliteMigrations.CreateBase(database);
            }

            SqliteMigrations.Apply(database);
            if (isNew)
            {
                ShowMetadata.Set(database, ShowMetadata.Version, ShowMetadata.PredecessorVersion);
                create();
            }

            database.Commit();
        }
        catch
        {
            database.Rollback();
            throw;
        }
    }

    /// <summary>Refuses a database that is none of a show, or of a version that this program does not know.</summary>
    public static void RequireShow(Database database)
    {
        if (!SqliteMigrations.HasTable(database, "metadata") || !SqliteMigrations.HasTable(database, "segments"))
        {
            throw new StorageException(StorageFault.NotADatabase, $"{database.Path} is a database, but not one of a show.");
        }

        SqliteMigrations.RefuseNewer(database);
        ShowMetadata.RefuseOtherVersion(database);
    }

    /// <summary>An identity for a new store.</summary>
    public static string NewUniqueId(Random random) => "db_" + new string(random.GetItems<char>(Alphabet, 12));

    private static void SetPragmas(Database database, bool isNew, StoreOptions options)
    {
        if (isNew)
        {
            // Takes only before the first table. Freed pages are used again; this is for the day a shorter retention should give space back.
            database.Execute("pragma auto_vacuum = incremental");
        }

        var mode = database.Text("pragma journal_mode = wal");
        if (!string.Equals(mode, "wal", StringComparison.Ordinal))
        {
            throw new StorageException(
                StorageFault.NetworkFileSystem,
                $"{database.Path} lies on a file system without shared memory: SQLite's write-ahead log does not work there."
            );
        }

        database.Execute(
            """
            pragma synchronous = full;
            pragma secure_delete = off;
            pragma foreign_keys = on;
            pragma temp_store = memory;
            pragma cache_size = -128;
            pragma wal_autocheckpoint = 256;
            pragma journal_size_limit = 4194304;
            """
        );
        if (options.MaxPages > 0)
        {
            database.Execute($"pragma max_page_count = {options.MaxPages}");
        }
    }
}
