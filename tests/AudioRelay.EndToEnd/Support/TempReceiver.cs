using AudioRelay.TestKit.Net;
using AudioRelay.TestKit.Postgres;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.EndToEnd.Support;

/// <summary>A home folder with a receiver configuration and its recordings, or with a PostgreSQL server that has them.</summary>
internal sealed class TempReceiver : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PostgresServer? _postgres;

    /// <param name="recorder">Its address.</param>
    /// <param name="postgres">Where the shows are kept; null for files.</param>
    /// <param name="more">Further lines at the file's top.</param>
    /// <param name="databaseLine">A line to the database server that is used instead of the direct one.</param>
    public TempReceiver(Uri recorder, PostgresServer? postgres = null, string more = "", ChaosProxy? databaseLine = null)
    {
        _postgres = postgres;
        Prefix = postgres?.NewPrefix() ?? "";
        var database = postgres is null
            ? ""
            : $"""
                [database]
                url = '{(databaseLine is null ? postgres.Url : PostgresServer.UrlThrough(databaseLine.Port))}'
                credential_profile = 'default'
                prefix = '{Prefix}'
                """;
        System.IO.File.WriteAllText(
            File,
            $"""
            config_type = 'receiver'
            remote_url = '{recorder}'
            port = 0
            sync_interval_seconds = 1
            data_dir = '{DataDirectory}'
            {more}
            {database}
            """
        );
    }

    public string Home => _folder.Path;

    public string File => _folder.File("receiver.toml");

    public string DataDirectory => _folder.File("data");

    /// <summary>The middle of its databases' names.</summary>
    public string Prefix { get; }

    /// <summary>The variables it is started with: its secrets.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; } =
        new Dictionary<string, string> { ["CRED_POSTGRES_DEFAULT_PASSWORD"] = PostgresServer.Password };

    /// <summary>The file of a show when there is no database server.</summary>
    public string Database(string show) => Path.Combine(DataDirectory, "shows", show + ".sqlite");

    /// <summary>What it keeps of a show, read without any of our own code.</summary>
    public KeptShow Kept(string show) =>
        _postgres is null ? KeptShow.OfFile(Database(show)) : KeptShow.OfPostgres(_postgres.Port, $"save_audio_{Prefix}_{show}");

    public void Dispose() => _folder.Dispose();
}
