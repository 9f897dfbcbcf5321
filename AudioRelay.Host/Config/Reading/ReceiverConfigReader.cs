using System.Text;
using AudioRelay.Host.Config.Toml;

namespace AudioRelay.Host.Config.Reading;

/// <summary>A receiver configuration, in every shape the predecessor had.</summary>
internal static class ReceiverConfigReader
{
    public static ReceiverConfig Read(TomlTable document, HostEnvironment environment, Diagnostics diagnostics)
    {
        var top = new TableReader(document, "a receiver configuration", diagnostics);
        top.Value("config_type");
        var normal = new ReceiverConfig { DataDirectory = "", Remotes = [] };
        var config = normal with
        {
            DataDirectory = top.Text("data_dir") is { } data ? environment.FullPath(data) : ConfigPaths.DefaultDataDirectory(environment),
            Listen = ListenReader.Read(top, "port", 18000, environment),
            Remotes = RemoteReader.Read(top),
            Database = DatabaseReader.Read(top),
            Shows = ReadShows(top),
            ChunkSize = top.Number("chunk_size", 1, 10_000, "segments") ?? normal.ChunkSize,
            SyncInterval = top.Number("sync_interval_seconds", 1, 86_400, "seconds") is { } seconds
                ? TimeSpan.FromSeconds(seconds)
                : normal.SyncInterval,
            MaxConnections = top.Number("max_connections", 2, 10_000, "connections"),
            Runtime = RuntimeReader.Read(top),
        };
        IgnoreLeaseName(top);
        top.RefuseTheRest();
        RefuseLongDatabaseNames(config, top);
        return config;
    }

    public static void IgnoreLeaseName(TableReader top)
    {
        if (top.Value("lease_name") is { } lease)
        {
            top.Diagnostics.Note(lease.Position, "'lease_name' has no effect any more: receivers share shows by themselves");
        }
    }

    private static List<ReceivedShowConfig>? ReadShows(TableReader top)
    {
        switch (top.Value("shows"))
        {
            case null:
            case TomlArray { Items.Count: 0 }:
                return null;
            case TomlArray array when array.Items.All(item => item is TomlString):
                return [.. array.Items.Cast<TomlString>().Select(name => new ReceivedShowConfig(name.Value, null))];
            case TomlArray array when array.Items.All(item => item is TomlTable):
                return [.. top.Tables("shows").Select(ReadShow).OfType<ReceivedShowConfig>()];
            case var other:
                top.Diagnostics.Error(
                    other.Position,
                    "'shows' is a list of names, ['a', 'b'], or tables headed by [[shows]] with 'name' and 'retention_hours'"
                );
                return null;
        }
    }

    private static ReceivedShowConfig? ReadShow(TableReader table)
    {
        var name = table.RequiredText("name", "the show's name at the recorder");
        var hours = table.Number("retention_hours", 0, 876_000, "hours (0 keeps everything)");
        table.RefuseTheRest();
        return name is null ? null : new ReceivedShowConfig(name, SessionReader.RetentionOf(hours, null));
    }

    private static void RefuseLongDatabaseNames(ReceiverConfig config, TableReader top)
    {
        if (config.Database is not { } database)
        {
            return;
        }
        foreach (var show in config.Shows ?? [])
        {
            var name = $"save_audio_{database.Prefix}_{show.Name}";
            if (Encoding.UTF8.GetByteCount(name) > 63)
            {
                top.Diagnostics.Error(
                    top.PositionOf("shows"),
                    $"the database name '{name}' is longer than PostgreSQL's 63 bytes: shorten the prefix"
                );
            }
        }
    }
}
