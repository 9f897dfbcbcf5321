using AudioRelay.Storage.Migrations;

namespace AudioRelay.Storage.Sqlite;

/// <summary>Makes a file ready for recording: checks what it is, creates or migrates it, sets the connection up.</summary>
internal static class StoreSetup
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

    public static void Prepare(Database database, ShowSettings settings, Random random, StoreOptions options)
    {
        database.Execute($"pragma busy_timeout = {(long)options.BusyLimit.TotalMilliseconds}");
        // Asked before anything is changed: a file that is not ours stays as it is.
        var isNew = database.Long("select count(*) from sqlite_master") == 0;
        if (!isNew)
        {
            Inspect(database, settings);
        }

        SetPragmas(database, isNew, options);
        database.Begin();
        try
        {
            if (isNew)
            {
                SqliteMigrations.CreateBase(database);
                WriteMetadata(database, settings, random);
            }

            SqliteMigrations.Apply(database);
            database.Commit();
        }
        catch
        {
            database.Rollback();
            throw;
        }
    }

    private static void Inspect(Database database, ShowSettings settings)
    {
        if (!SqliteMigrations.HasTable(database, "metadata") || !SqliteMigrations.HasTable(database, "segments"))
        {
            throw new StorageException(StorageFault.NotADatabase, $"{database.Path} is a database, but not one of a show.");
        }

        SqliteMigrations.RefuseNewer(database);
        ShowMetadata.RefuseOtherVersion(database);
        if (string.Equals(ShowMetadata.Get(database, ShowMetadata.IsRecipient), "true", StringComparison.OrdinalIgnoreCase))
        {
            throw new StorageException(
                StorageFault.IsRecipient,
                "Cannot record to a recipient database. This database is configured for syncing only."
            );
        }

        Compare(database, ShowMetadata.Name, settings.Name);
        Compare(database, ShowMetadata.AudioFormat, settings.AudioFormat);
        Compare(database, ShowMetadata.Bitrate, settings.Bitrate.ToString());
    }

    private static void Compare(Database database, string key, string configured)
    {
        var stored = ShowMetadata.Get(database, key);
        if (!string.Equals(stored, configured, StringComparison.Ordinal))
        {
            throw new StorageException(
                StorageFault.ConfigMismatch,
                $"Config mismatch: {key} is '{stored}' in {database.Path} and '{configured}' in the configuration. "
                    + "Record under another name, or move the file away."
            );
        }
    }

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

    private static void WriteMetadata(Database database, ShowSettings settings, Random random)
    {
        ShowMetadata.Set(database, ShowMetadata.Version, ShowMetadata.PredecessorVersion);
        ShowMetadata.Set(database, ShowMetadata.UniqueId, "db_" + new string(random.GetItems<char>(Alphabet, 12)));
        ShowMetadata.Set(database, ShowMetadata.Name, settings.Name);
        ShowMetadata.Set(database, ShowMetadata.AudioFormat, settings.AudioFormat);
        ShowMetadata.Set(database, ShowMetadata.Bitrate, settings.Bitrate.ToString());
        ShowMetadata.Set(database, ShowMetadata.SampleRate, settings.SampleRate.ToString());
        ShowMetadata.Set(database, ShowMetadata.IsRecipient, "false");
    }
}
