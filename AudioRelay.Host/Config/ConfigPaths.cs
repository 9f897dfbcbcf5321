namespace AudioRelay.Host.Config;

/// <summary>Where configuration and data are when nobody says otherwise.</summary>
internal static class ConfigPaths
{
    public const string DirectoryVariable = "AUDIORELAY_CONFIG_DIR";

    /// <summary>The folders that are searched, in order.</summary>
    public static IReadOnlyList<string> Folders(HostEnvironment environment)
    {
        if (environment.NonEmpty(DirectoryVariable) is { } given)
        {
            return [environment.FullPath(given)];
        }
        var parent = environment.NonEmpty("XDG_CONFIG_HOME") ?? Path.Combine(environment.Home, ".config");
        return [Path.Combine(parent, "audiorelay"), Path.Combine(parent, "save_audio_stream")];
    }

    /// <summary>The first of the folders that has the file; null when none has.</summary>
    public static string? Find(HostEnvironment environment, string fileName) =>
        Folders(environment).Select(folder => Path.Combine(folder, fileName)).FirstOrDefault(File.Exists);

    /// <summary>Where recordings and the like go by default.</summary>
    public static string DefaultDataDirectory(HostEnvironment environment) =>
        Path.Combine(environment.NonEmpty("XDG_DATA_HOME") ?? Path.Combine(environment.Home, ".local", "share"), "audiorelay");
}
