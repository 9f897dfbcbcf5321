using AudioRelay.Storage.Sqlite;

namespace AudioRelay.Storage.Migrations;

/// <summary>Our own schema beside the predecessor's tables: numbered scripts, forward only, never edited after a release.</summary>
internal static class SqliteMigrations
{
    private static readonly string[] Scripts = ["0001_journal_and_facts.sql"];

    /// <summary>The newest schema this build knows.</summary>
    public static int Newest => Scripts.Length;

    /// <summary>The schema of a file; 0 for one that has none of our tables.</summary>
    public static int VersionOf(Database database) =>
        HasTable(database, "audiorelay_schema") ? (int)database.Long("select max(version) from audiorelay_schema") : 0;

    /// <summary>Refuses a file that a newer release has written.</summary>
    public static void RefuseNewer(Database database)
    {
        var found = VersionOf(database);
        if (found > Newest)
        {
            throw new StorageException(
                StorageFault.NewerSchema,
                $"{database.Path} was written by a newer release (schema {found}, this one knows {Newest}). Install that release or newer."
            );
        }
    }

    /// <summary>Creates the predecessor's tables in an empty file. Runs inside the caller's transaction.</summary>
    public static void CreateBase(Database database) => database.Execute(Read("predecessor_4.sql"));

    /// <summary>Brings our tables up to date. Runs inside the caller's transaction, so a crash leaves the file as it was.</summary>
    public static void Apply(Database database)
    {
        RefuseNewer(database);
        var version = VersionOf(database);
        if (version == 0)
        {
            database.Execute("create table audiorelay_schema (version integer not null primary key)");
        }

        for (; version < Newest; version++)
        {
            database.Execute(Read(Scripts[version]));
            if (version == 0)
            {
                PredecessorImport.Run(database);
            }

            database.Execute($"insert into audiorelay_schema (version) values ({version + 1})");
        }
    }

    /// <summary>True when the file has the table.</summary>
    public static bool HasTable(Database database, string name)
    {
        using var row = database.Query("select 1 from sqlite_master where type = 'table' and name = ?1").Bind(1, name);
        return row.Step();
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
