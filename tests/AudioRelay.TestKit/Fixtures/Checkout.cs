namespace AudioRelay.TestKit.Fixtures;

/// <summary>The checkout that the tests were built from, and still lie in.</summary>
public static class Checkout
{
    /// <summary>Its folder.</summary>
    public static string Folder { get; } = Find();

    /// <summary>The path of what lies in it.</summary>
    public static string File(params string[] parts) => Path.Combine([Folder, .. parts]);

    /// <summary>The text of one of the pages in <c>docs</c>.</summary>
    public static string Page(string name) => System.IO.File.ReadAllText(File("docs", name));

    private static string Find()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !System.IO.File.Exists(Path.Combine(at.FullName, "AudioRelay.sln")))
        {
            at = at.Parent;
        }

        return at?.FullName ?? throw new InvalidOperationException("The tests do not lie below AudioRelay.sln.");
    }
}
