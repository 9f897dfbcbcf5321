namespace AudioRelay.Storage.Sqlite;

/// <summary>What a file says of itself that a recorder writes to.</summary>
internal static class RecorderFile
{
    /// <summary>Refuses a receiver's file, and one whose show is another than the configuration says.</summary>
    public static void Inspect(Database database, ShowSettings settings)
    {
        if (ShowMetadata.Recipient(database))
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

    /// <summary>Writes what a new file says.</summary>
    public static void Create(Database database, ShowSettings settings, Random random)
    {
        ShowMetadata.Set(database, ShowMetadata.UniqueId, StoreSetup.NewUniqueId(random));
        ShowMetadata.Set(database, ShowMetadata.Name, settings.Name);
        ShowMetadata.Set(database, ShowMetadata.AudioFormat, settings.AudioFormat);
        ShowMetadata.Set(database, ShowMetadata.Bitrate, settings.Bitrate.ToString());
        ShowMetadata.Set(database, ShowMetadata.SampleRate, settings.SampleRate.ToString());
        ShowMetadata.Set(database, ShowMetadata.IsRecipient, "false");
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
}
