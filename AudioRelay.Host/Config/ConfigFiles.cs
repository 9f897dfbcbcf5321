using AudioRelay.Host.Config.Reading;
using AudioRelay.Host.Config.Toml;

namespace AudioRelay.Host.Config;

/// <summary>Finds a configuration file, reads it and checks everything.</summary>
internal static class ConfigFiles
{
    /// <exception cref="ConfigException">It is not there, not TOML, or wrong: every reason at once.</exception>
    public static LoadedConfig<RecordConfig> LoadRecord(string? path, HostEnvironment environment) =>
        Load(path, "record", environment, RecordConfigReader.Read);

    /// <exception cref="ConfigException">It is not there, not TOML, or wrong: every reason at once.</exception>
    public static LoadedConfig<ReceiverConfig> LoadReceiver(string? path, HostEnvironment environment) =>
        Load(path, "receiver", environment, ReceiverConfigReader.Read);

    /// <summary>What a file says it is: <c>record</c> or <c>receiver</c>; null when it does not say.</summary>
    /// <exception cref="ConfigException">It is not there or not TOML.</exception>
    public static string? TypeOf(string path, HostEnvironment environment) =>
        ReadDocument(path, environment.FullPath(path)).TryGet("config_type", out var entry) && entry.Value is TomlString type
            ? type.Value
            : null;

    private static LoadedConfig<T> Load<T>(
        string? path,
        string type,
        HostEnvironment environment,
        Func<TomlTable, HostEnvironment, Diagnostics, T> read
    )
    {
        var file = path ?? Find(type, environment);
        var document = ReadDocument(file, environment.FullPath(file));
        var diagnostics = new Diagnostics(file);
        // A file of the other kind would only produce a wall of unknown keys.
        CheckType(document, type, diagnostics);
        diagnostics.ThrowIfAny();
        var config = read(document, environment, diagnostics);
        diagnostics.ThrowIfAny();
        return new(file, config, diagnostics.Notes);
    }

    /// <summary>Reads a TOML file; what goes wrong is a <see cref="ConfigException"/> that names it.</summary>
    public static TomlTable ReadDocument(string shownAs, string path)
    {
        try
        {
            return TomlReader.Read(File.ReadAllBytes(path));
        }
        catch (TomlException bad)
        {
            throw new ConfigException([new ConfigProblem(shownAs, bad.Position, bad.Problem)]);
        }
        catch (Exception bad) when (bad is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ConfigException(shownAs, "there is no such file");
        }
        catch (Exception bad) when (bad is IOException or UnauthorizedAccessException)
        {
            throw new ConfigException(shownAs, $"it cannot be read: {bad.Message}");
        }
    }

    private static string Find(string type, HostEnvironment environment)
    {
        var name = $"{type}.toml";
        return ConfigPaths.Find(environment, name)
            ?? throw new ConfigException(
                name,
                $"there is none in {string.Join(" or ", ConfigPaths.Folders(environment))}; write one (config/{type}.example.toml shows how) or name it with -c FILE"
            );
    }

    private static void CheckType(TomlTable document, string type, Diagnostics diagnostics)
    {
        if (!document.TryGet("config_type", out var entry))
        {
            diagnostics.Error(null, $"'config_type' is missing: the first line should be config_type = '{type}'");
        }
        else if (entry.Value is not TomlString { Value: var actual })
        {
            diagnostics.Error(entry.Value.Position, $"'config_type' must be '{type}' in quotes, not {entry.Value.KindName}");
        }
        else if (actual != type)
        {
            var hint = actual is "record" or "receiver" ? $"; 'audiorelay {actual}' takes this file" : "";
            diagnostics.Error(entry.Value.Position, $"'config_type' is '{actual}', and 'audiorelay {type}' needs '{type}'{hint}");
        }
    }
}
