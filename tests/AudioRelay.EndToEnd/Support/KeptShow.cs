using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using AudioRelay.Storage.Sqlite;
using AudioRelay.TestKit.Postgres;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace AudioRelay.EndToEnd.Support;

/// <summary>A show's store, a recorder's or a receiver's, in a file or on a PostgreSQL server; none of our own reading code takes part.</summary>
internal sealed class KeptShow : IDisposable
{
    private readonly DbConnection _connection;
    private readonly bool _isFile;

    private KeptShow(DbConnection connection, bool isFile)
    {
        (_connection, _isFile) = (connection, isFile);
        _connection.Open();
    }

    /// <summary>A database file.</summary>
    public static KeptShow OfFile(string path)
    {
        SqliteLibrary.Version(); // the plain client finds the system's library through it
        var address = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        };
        return new KeptShow(new SqliteConnection(address.ToString()), isFile: true);
    }

    /// <summary>A database of a test's server.</summary>
    public static KeptShow OfPostgres(int port, string database)
    {
        var address = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Database = database,
            Username = PostgresServer.Superuser,
            Password = PostgresServer.Password,
            Pooling = false,
        };
        return new KeptShow(new NpgsqlConnection(address.ToString()), isFile: false);
    }

    public string UniqueId => Rows("select value from metadata where key = 'unique_id'")[0];

    /// <summary>How far its source has been read: the next segment and the last journal entry; null before anything was.</summary>
    public (long NextId, long JournalSeq)? Checkpoint =>
        Rows("select next_id, journal_seq from sync_fence").Select(row => row.Split('|')).FirstOrDefault() is [var next, var seq]
            ? (long.Parse(next, CultureInfo.InvariantCulture), long.Parse(seq, CultureInfo.InvariantCulture))
            : null;

    /// <summary>How far it reaches itself.</summary>
    public (long MaxId, long JournalSeq) End =>
        (
            long.Parse(Rows("select coalesce(max(id), 0) from segments")[0], CultureInfo.InvariantCulture),
            long.Parse(Rows("select coalesce(max(seq), 0) from journal")[0], CultureInfo.InvariantCulture)
        );

    /// <summary>"ok", or what the database finds wrong in itself.</summary>
    public string Integrity =>
        _isFile ? string.Join('\n', Rows("pragma integrity_check"))
        : Rows(
            "select count(*) from segments s full join segment_facts f on f.segment_id = s.id where s.id is null or f.segment_id is null"
        )
            is ["0"]
            ? "ok"
        : "segments and their facts do not match";

    /// <summary>Every segment, by its id.</summary>
    public IReadOnlyList<KeptSegment> Segments
    {
        get
        {
            using var command = Command(
                $"""
                select s.id, coalesce(o.{(_isFile ? "store" : "unique_id")}, ''), coalesce(f.source_id, s.id), s.section_id, s.timestamp_ms,
                    s.duration_samples, f.first_sample, f.starts_section, f.size, f.sha256, s.audio_data
                from segments s join segment_facts f on f.segment_id = s.id
                left join sources o on o.{(_isFile ? "id" : "number")} = f.source
                order by s.id
                """
            );
            using var row = command.ExecuteReader();
            List<KeptSegment> all = [];
            while (row.Read())
            {
                all.Add(
                    new KeptSegment(
                        row.GetInt64(0),
                        row.GetString(1),
                        row.GetInt64(2),
                        row.GetInt64(3),
                        row.GetInt64(4),
                        row.GetInt64(5),
                        row.GetInt64(6),
                        Convert.ToBoolean(row.GetValue(7), CultureInfo.InvariantCulture),
                        row.GetInt32(8),
                        Convert.ToHexString((byte[])row[9]),
                        Convert.ToHexString(SHA256.HashData((byte[])row[10]))
                    )
                );
            }

            return all;
        }
    }

    /// <summary>Everything that a player is told besides the sound, one line for each fact; the same lines from every kind of store.</summary>
    public IReadOnlyList<string> Facts =>
        [
            .. Named(
                "section",
                """
                select section_id, codec, rate, channels, encoder_delay, frame_samples, continues, chain_samples, samples, segments, start_us,
                    end_us, padding, end_cause, ended
                from section_facts order by section_id
                """
            ),
            .. Named("anchor", "select section_id, sample, utc_us, cause from anchors order by section_id, sample, utc_us"),
            .. Named(
                "title",
                _isFile
                    ? "select t.section_id, sample, utc_us, x.text from titles t join title_texts x on x.id = t.text_id order by 1, 2, 3"
                    : "select section_id, sample, utc_us, text from titles order by 1, 2, 3"
            ),
            .. Named("window", "select from_us, until_us from windows order by from_us"),
            .. Named("trouble", "select from_us, until_us, cause, detail from troubles order by from_us, cause"),
        ];

    /// <summary>The journal without its order: a receiver notes the end of a section when its sound is there.</summary>
    public IReadOnlyList<string> Journal => [.. Rows("select kind, body from journal").Order(StringComparer.Ordinal)];

    public void Dispose() => _connection.Dispose();

    private IEnumerable<string> Named(string name, string sql) => Rows(sql).Select(row => $"{name} {row}");

    private List<string> Rows(string sql)
    {
        using var command = Command(sql);
        using var row = command.ExecuteReader();
        List<string> all = [];
        while (row.Read())
        {
            all.Add(string.Join('|', Enumerable.Range(0, row.FieldCount).Select(column => Text(row.GetValue(column)))));
        }

        return all;
    }

    private static string Text(object value) =>
        value is bool flag ? (flag ? "1" : "0") : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private DbCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
