using System.Globalization;
using AudioRelay.Storage.Receiving;
using AudioRelay.Storage.Sqlite;
using Npgsql;

namespace AudioRelay.Storage.Postgres;

/// <summary>The key-value table of a show, under the predecessor's keys and our own.</summary>
internal static class PostgresMetadata
{
    public const string Prefix = "prefix";

    /// <summary>All there is.</summary>
    public static async ValueTask<Dictionary<string, string>> ReadAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var rows = await connection.RowsAsync(row => (row.GetString(0), row.GetString(1)), "select key, value from metadata", cancel);
        return rows.ToDictionary(r => r.Item1, r => r.Item2, StringComparer.Ordinal);
    }

    /// <summary>What a store says of its source.</summary>
    public static SourceShow SourceOf(IReadOnlyDictionary<string, string> metadata)
    {
        string Value(string key) => metadata.GetValueOrDefault(key, "");
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

    /// <summary>What a new store begins with.</summary>
    public static IEnumerable<(string Key, string Value)> Of(SourceShow source, string prefix, string uniqueId) =>
        [
            (ShowMetadata.Version, ShowMetadata.PredecessorVersion),
            (ShowMetadata.UniqueId, uniqueId),
            (ShowMetadata.Name, source.Name),
            (ShowMetadata.IsRecipient, "true"),
            (Prefix, prefix),
            (ShowMetadata.AudioFormat, source.AudioFormat),
            (ShowMetadata.Bitrate, source.Bitrate),
            (ShowMetadata.SampleRate, source.SampleRate),
            .. OfSource(source),
        ];

    /// <summary>What changes with the source.</summary>
    public static IEnumerable<(string Key, string Value)> OfSource(SourceShow source) =>
        [
            (ShowMetadata.SourceUniqueId, source.UniqueId),
            (ShowMetadata.SourceName, source.SourceName),
            (ShowMetadata.Remote, source.Remote),
            (ShowMetadata.TargetSeconds, TargetText(source.TargetSeconds)),
        ];

    /// <summary>The length that segments aim at, as it is kept; empty when nobody has said it.</summary>
    public static string TargetText(int? seconds) => seconds?.ToString(CultureInfo.InvariantCulture) ?? "";

    /// <summary>Sets keys.</summary>
    public static async ValueTask WriteAsync(
        NpgsqlConnection connection,
        IEnumerable<(string Key, string Value)> values,
        CancellationToken cancel
    )
    {
        await using var batch = connection.CreateBatch();
        foreach (var (key, value) in values)
        {
            Set(batch, key, value);
        }

        await batch.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Adds to a batch that a key is set.</summary>
    public static void Set(NpgsqlBatch batch, string key, string value) =>
        batch.Add(
            "insert into metadata (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value",
            key,
            StoredText.Clean(value)
        );

    /// <summary>Adds to a batch that a number is kept, unless the key has a value.</summary>
    public static void SetOnce(NpgsqlBatch batch, string key, long value) =>
        batch.Add(
            "insert into metadata (key, value) values ($1, $2) on conflict (key) do nothing",
            key,
            value.ToString(CultureInfo.InvariantCulture)
        );
}
