namespace AudioRelay.Architecture.Tests;

/// <summary>Where the pages lie that are read here.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    public static string Page(string name) => File.ReadAllText(System.IO.Path.Combine(Path, "docs", name));

    private static string Find()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(System.IO.Path.Combine(at.FullName, "AudioRelay.sln")))
        {
            at = at.Parent;
        }

        return at?.FullName ?? throw new InvalidOperationException("The tests do not lie below AudioRelay.sln.");
    }
}
