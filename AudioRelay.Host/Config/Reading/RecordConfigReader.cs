using AudioRelay.Host.Config.Toml;

namespace AudioRelay.Host.Config.Reading;

/// <summary>A record configuration, in every shape the predecessor had.</summary>
internal static class RecordConfigReader
{
    public static RecordConfig Read(TomlTable document, HostEnvironment environment, Diagnostics diagnostics)
    {
        var top = new TableReader(document, "a record configuration", diagnostics);
        top.Value("config_type");
        var dataDirectory = top.Text("data_dir") is { } data ? environment.FullPath(data) : ConfigPaths.DefaultDataDirectory(environment);
        var outputDirectory = top.Text("output_dir") is { } output
            ? environment.FullPath(output)
            : Path.Combine(dataDirectory, "recordings");
        var listen = ListenReader.Read(top, "api_port", 17000, environment);
        var maxConnections = top.Number("max_connections", 10, 100_000, "connections");
        var runtime = RuntimeReader.Read(top);
        var titleCharset = CharsetReader.Read(top);
        DeliveryReader.Read(top);
        ReceiverConfigReader.IgnoreLeaseName(top);
        var tables = top.Tables("sessions");
        if (tables.Count == 0)
        {
            diagnostics.Error(null, "no sessions are defined: each show to record needs a [[sessions]] table with 'url' and 'name'");
        }
        List<SessionConfig> sessions = [];
        Dictionary<string, TomlPosition> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (var table in tables)
        {
            if (SessionReader.Read(table, titleCharset) is not { } session)
            {
                continue;
            }
            if (!names.TryAdd(session.Name, table.PositionOf("name")))
            {
                diagnostics.Error(
                    table.PositionOf("name"),
                    $"the name '{session.Name}' is taken by the session at line {names[session.Name].Line} (capitals make no difference)"
                );
            }
            sessions.Add(session);
        }
        top.RefuseTheRest();
        var config = new RecordConfig
        {
            OutputDirectory = outputDirectory,
            DataDirectory = dataDirectory,
            Listen = listen,
            Runtime = runtime,
            Sessions = sessions,
        };
        return maxConnections is { } most ? config with { MaxConnections = most } : config;
    }
}
