using System.Globalization;

namespace AudioRelay.Storage.Sqlite;

/// <summary>The key-value table, under the predecessor's keys.</summary>
internal static class ShowMetadata
{
    public const string Version = "version";
    public const string UniqueId = "unique_id";
    public const string Name = "name";
    public const string AudioFormat = "audio_format";
    public const string Bitrate = "bitrate";
    public const string SampleRate = "sample_rate";
    public const string IsRecipient = "is_recipient";
    public const string SourceUniqueId = "source_unique_id";
    public const string SourceName = "source_name";
    public const string Remote = "remote";
    public const string TargetSeconds = "target_seconds";
    public const string PendingSection = "pending_section_id";
    public const string AacEncoderDelay = "aac_encoder_delay";
    public const string AacFrameSize = "aac_frame_size";

    /// <summary>The predecessor's schema version, the only one there is to read.</summary>
    public const string PredecessorVersion = "4";

    public static string? Get(Database database, string key)
    {
        using var row = database.Query("select value from metadata where key = ?1").Bind(1, key);
        return row.Step() ? row.Text(0) : null;
    }

    public static void Set(Database database, string key, string value) =>
        database
            .Query("insert into metadata (key, value) values (?1, ?2) on conflict (key) do update set value = excluded.value")
            .Bind(1, key)
            .Bind(2, value)
            .Run();

    public static void Remove(Database database, string key) => database.Query("delete from metadata where key = ?1").Bind(1, key).Run();

    /// <summary>The length that segments aim at, as it is kept; null when it is not.</summary>
    public static int? TargetOf(string? kept) =>
        int.TryParse(kept, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;

    /// <summary>True for a store that is filled by sync.</summary>
    public static bool Recipient(Database database) =>
        string.Equals(Get(database, IsRecipient), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Keeps the predecessor's keys true that the first section tells: its rate, and how AAC is primed.</summary>
    public static void NoteFormat(Database database, Journal.SectionOpened opened)
    {
        if (Get(database, SampleRate) is null or "" or "0")
        {
            Set(database, SampleRate, opened.Rate.ToString());
        }

        if (opened.Codec == "aac" && Get(database, AacFrameSize) is null)
        {
            Set(database, AacFrameSize, opened.FrameSamples.ToString());
            Set(database, AacEncoderDelay, opened.EncoderDelay.ToString());
        }
    }

    public static void RefuseOtherVersion(Database database)
    {
        var found = Get(database, Version);
        if (!string.Equals(found, PredecessorVersion, StringComparison.Ordinal))
        {
            throw new StorageException(
                StorageFault.WrongVersion,
                $"Unsupported database version: {database.Path} has {found ?? "none"}, this program needs {PredecessorVersion}."
            );
        }
    }
}
