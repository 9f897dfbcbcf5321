using AudioRelay.Storage.Sqlite;

namespace AudioRelay.Storage.Migrations;

/// <summary>Our own schema beside the predecessor's tables: numbered scripts, forward only, never edited after a release.</summary>
internal static class SqliteMigrations
{
    private static readonly string[] Scripts =
    [
        "0001_journal_and_facts.sql",
        "0002_received.sql",
        "0003_title_texts.sql",
        "0004_ranges.sql",
        "0005_title_blocks.sql",
        "0006_eras.sql",
    ];
    private static readonly string[] ControlScripts = ["control_0001_bookmarks.sql"];
    private const string ShowSchema = "audiorelay_schema";
    private const string ControlSchema = "audiorelay_control_schema";

    /// <summary>The newest schema this build knows.</summary>
    public static int Newest => Scripts.Length;

    /// <summary>The schema of a file; 0 for one that has none of our tables.</summary>
    public static int VersionOf(Database database) => VersionOf(database, ShowSchema);

    /// <summary>Refuses a file that a newer release has written.</summary>
    public static void RefuseNewer(Database database) => RefuseNewer(database, ShowSchema, Scripts.Length);

    /// <summary>Refuses a control store that a newer release has written.</summary>
    public static void RefuseNewerControl(Database database) => RefuseNewer(database, ControlSchema, ControlScripts.Length);

    /// <summary>Creates the predecessor's tables in an empty file. Runs inside the caller's transaction.</summary>
    public static void CreateBase(Database database) => database.Execute(Read("predecessor_4.sql"));

    /// <summary>Brings our tables up to date. Runs inside the caller's transaction, so a crash leaves the file as it was.</summary>
    /// <param name="database">The file.</param>
    /// <param name="version">Up to which; by default the newest.</param>
    public static void Apply(Database database, int? version = null) =>
        Apply(
            database,
            ShowSchema,
            Scripts[..(version ?? Scripts.Length)],
            applied =>
            {
                if (applied == 1)
                {
                    PredecessorImport.Run(database);
                }
                else if (applied == 3)
                {
                    TitleTexts.Fold(database);
                }
            }
        );

    /// <summary>Brings a control store up to date. Runs inside the caller's transaction.</summary>
    public static void ApplyControl(Database database) => Apply(database, ControlSchema, ControlScripts, _ => { });

    /// <summary>True when the file has the table.</summary>
    public static bool HasTable(Database database, string name)
    {
        using var row = database.Query("select 1 from sqlite_master where type = 'table' and name = ?1").Bind(1, name);
        return row.Step();
    }

    private static int VersionOf(Database database, string schema) =>
        HasTable(database, schema) ? (int)database.Long($"select max(version) from {schema}") : 0;

    private static void RefuseNewer(Database database, string schema, int newest)
    {
        var found = VersionOf(database, schema);
        if (found > newest)
        {
            throw new StorageException(
                StorageFault.NewerSchema,
                $"{database.Path} was written by a newer release (schema {found}, this one knows {newest}). Install that release or newer."
            );
        }
    }

    private static void Apply(Database database, string schema, string[] scripts, Action<int> applied)
    {
        RefuseNewer(database, schema, scripts.Length);
        var version = VersionOf(database, schema);
        if (version == 0)
        {
            database.Execute($"create table {schema} (version integer not null primary key)");
        }

        while (version < scripts.Length)
        {
            database.Execute(Read(scripts[version]));
            applied(++version);
            database.Execute($"insert into {schema} (version) values ({version})");
        }
    }

    private static string Read(string script)
    {
        var assembly = typeof(SqliteMigrations).Assembly;
        using var stream =
            assembly.GetManifestResourceStream("AudioRelay.Storage.Migrations.Sqlite." + script)
            ?? throw new InvalidOperationException($"The script {script} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
