namespace AudioRelay.Host.Tests.Config.Toml;

/// <summary>Finds the public toml-test suite (github.com/toml-lang/toml-test) when a copy lies beside or above the checkout.</summary>
internal static class TomlTestSuite
{
    public static string? Folder { get; } = Find();

    public static IEnumerable<string> Files(string kind) =>
        Folder is null
            ? []
            : File.ReadLines(Path.Combine(Folder, "files-toml-1.0.0"))
                .Where(line => line.StartsWith(kind, StringComparison.Ordinal) && line.EndsWith(".toml", StringComparison.Ordinal));

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("TOML_TEST") is { Length: > 0 } given)
        {
            return given;
        }
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "data", "toml-test");
            if (File.Exists(Path.Combine(candidate, "files-toml-1.0.0")))
            {
                return candidate;
            }
        }
        return null;
    }
}
