using System.Globalization;
using AudioRelay.Storage.Sqlite;

namespace AudioRelay.Storage.Receiving.Sqlite;

/// <summary>What a received show's file says of itself and of its source.</summary>
internal static class ReceivedMetadata
{
    /// <summary>Refuses a recorder's file, and one of another show.</summary>
    public static void Inspect(Database database, string name)
    {
        if (!ShowMetadata.Recipient(database))
        {
            throw new StorageException(
                StorageFault.NotARecipient,
                $"{database.Path} is a recorder's file and is not filled by sync. Move it away, or give the receiver another data_dir."
            );
        }

        var stored = ShowMetadata.Get(database, ShowMetadata.Name);
        if (!string.Equals(stored, name, StringComparison.Ordinal))
        {
            throw AnotherShow(database.Path, stored, name);
        }
    }

    /// <summary>Two names that differ come to one file: in a folder that was copied by hand, or by a recorder that is out for it.</summary>
    public static StorageException AnotherShow(string path, string? stored, string name) =>
        new(StorageFault.ConfigMismatch, $"{path} holds the show '{stored}', not '{name}'.");

    /// <summary>Writes what a new file says, and that nothing has been read yet.</summary>
    public static void Create(Database database, SourceShow source, Random random)
    {
        ShowMetadata.Set(database, ShowMetadata.UniqueId, StoreSetup.NewUniqueId(random));
        ShowMetadata.Set(database, ShowMetadata.Name, source.Name);
        ShowMetadata.Set(database, ShowMetadata.AudioFormat, source.AudioFormat);
        ShowMetadata.Set(database, ShowMetadata.Bitrate, source.Bitrate);
        ShowMetadata.Set(database, ShowMetadata.SampleRate, source.SampleRate);
        ShowMetadata.Set(database, ShowMetadata.IsRecipient, "true");
        SetSource(database, source);
        database
            .Query("insert into sync_fence (id, source_store, next_id, journal_seq, epoch, journal_us) values (1, ?1, 1, 0, 0, 0)")
            .Bind(1, source.UniqueId)
            .Run();
    }

    /// <summary>Writes which store it is filled from.</summary>
    public static void SetSource(Database database, SourceShow source)
    {
        ShowMetadata.Set(database, ShowMetadata.SourceUniqueId, source.UniqueId);
        ShowMetadata.Set(database, ShowMetadata.SourceName, source.SourceName);
        ShowMetadata.Set(database, ShowMetadata.Remote, source.Remote);
        SetTarget(database, source.TargetSeconds);
    }

    /// <summary>Writes the length that its source's segments aim at, or that nobody has said it.</summary>
    public static void SetTarget(Database database, int? seconds)
    {
        if (seconds is { } known)
        {
            ShowMetadata.Set(database, ShowMetadata.TargetSeconds, known.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            ShowMetadata.Remove(database, ShowMetadata.TargetSeconds);
        }
    }

    /// <summary>What the file says.</summary>
    public static SourceShow Read(Database database)
    {
        string Value(string key) => ShowMetadata.Get(database, key) ?? "";
        return new SourceShow(
            Value(ShowMetadata.Name),
            Value(ShowMetadata.Remote),
            Value(ShowMetadata.SourceName),
            Value(ShowMetadata.SourceUniqueId),
            Value(ShowMetadata.AudioFormat),
            Value(ShowMetadata.Bitrate),
            Value(ShowMetadata.SampleRate),
            ShowMetadata.TargetOf(Value(ShowMetadata.TargetSeconds))
        );
    }

    /// <summary>The stores it comes and came from.</summary>
    public static IReadOnlyCollection<string> Sources(Database database)
    {
        var sources = new HashSet<string>();
        using var row = database
            .Query("select value from metadata where key = ?1 union select store from sources")
            .Bind(1, ShowMetadata.SourceUniqueId);
        while (row.Step())
        {
            sources.Add(row.Text(0));
        }

        return sources;
    }

    /// <summary>Refuses to go on with a source of another format: one show's sections are of one.</summary>
    public static void RequireSameFormat(SourceShow here, SourceShow source)
    {
        if (here.AudioFormat != source.AudioFormat || here.Bitrate != source.Bitrate)
        {
            throw new StorageException(
                StorageFault.ConfigMismatch,
                $"The show is {here.AudioFormat} at {here.Bitrate} kbit/s here and {source.AudioFormat} at {source.Bitrate} there. "
                    + "Receive it under another name."
            );
        }
    }
}
