using AudioRelay.Host.Config.Toml;

namespace AudioRelay.Host.Config.Credentials;

/// <summary>
/// <c>credentials.toml</c>: <c>[postgres.NAME]</c> with <c>password</c>, <c>[token.NAME]</c> with <c>token</c>. Its messages never repeat
/// what the file says: the mistake may be a password without quotes.
/// </summary>
internal sealed class CredentialFile
{
    private readonly TomlTable? document;
    private readonly bool bareProfiles;

    private CredentialFile(string path, TomlTable? document, bool bareProfiles) =>
        (Path, this.document, this.bareProfiles) = (path, document, bareProfiles);

    /// <summary>The file, or where it would be.</summary>
    public string Path { get; }

    /// <summary>The first one there is; an empty one when there is none.</summary>
    /// <exception cref="ConfigException">It is there and cannot be read.</exception>
    public static CredentialFile Open(HostEnvironment environment)
    {
        if (ConfigPaths.Find(environment, "credentials.toml") is { } path)
        {
            return new(path, ReadDocument(path), bareProfiles: false);
        }
        // The predecessor's oldest form: no extension, and a section is a profile.
        return ConfigPaths.Find(environment, "credentials") is { } old
            ? new(old, ReadDocument(old), bareProfiles: true)
            : new(System.IO.Path.Combine(ConfigPaths.Folders(environment)[0], "credentials.toml"), null, bareProfiles: false);
    }

    /// <summary>A warning when others than its owner may read it; null when not, or when this system has no such permissions.</summary>
    public ConfigProblem? PermissionWarning()
    {
        if (document is null || OperatingSystem.IsWindows())
        {
            return null;
        }
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        return (File.GetUnixFileMode(Path) & Others) == UnixFileMode.None
            ? null
            : new ConfigProblem(Path, null, $"other users of this machine may read it; type: chmod 600 '{Path}'");
    }

    /// <summary>The text under <c>[kind.profile] key</c>; null when it is not there.</summary>
    /// <exception cref="ConfigException">It is there and no text.</exception>
    public string? Text(string kind, string profile, string key) =>
        Entry(kind, profile, key)?.Value switch
        {
            null => null,
            TomlString { Value.Length: > 0 } text => text.Value,
            var other => throw Bad(other.Position, $"'{key}' must be text in quotes and not empty"),
        };

    /// <summary>The list of texts under <c>[kind.profile] key</c>; null when it is not there.</summary>
    /// <exception cref="ConfigException">It is there and no such list.</exception>
    public IReadOnlyList<string>? Texts(string kind, string profile, string key) =>
        Entry(kind, profile, key)?.Value switch
        {
            null => null,
            TomlArray array when array.Items.All(item => item is TomlString) => [.. array.Items.Select(item => ((TomlString)item).Value)],
            var other => throw Bad(other.Position, $"'{key}' must be a list of texts"),
        };

    private static TomlTable ReadDocument(string path)
    {
        try
        {
            return ConfigFiles.ReadDocument(path, path);
        }
        catch (ConfigException bad) when (bad.Problems is [{ Position: { } position }])
        {
            throw new ConfigException([
                new ConfigProblem(path, position, "this is not TOML: lines are key = 'text in quotes' below a [section]"),
            ]);
        }
    }

    private TomlEntry? Entry(string kind, string profile, string key)
    {
        var section = document;
        if (!bareProfiles)
        {
            section = section is not null && section.TryGet(kind, out var entry) ? entry.Value as TomlTable : null;
        }
        return
            section is not null
            && section.TryGet(profile, out var found)
            && found.Value is TomlTable table
            && table.TryGet(key, out var value)
            ? value
            : null;
    }

    private ConfigException Bad(TomlPosition position, string message) => new([new ConfigProblem(Path, position, message)]);
}
