namespace AudioRelay.Host.Demo;

/// <summary>Where the demo records: the folder the user named, or a temporary one that goes with the demo.</summary>
internal sealed class DemoFolder : IAsyncDisposable
{
    private readonly bool _temporary;

    /// <param name="chosen">The user's folder; null for a temporary one.</param>
    public DemoFolder(string? chosen)
    {
        _temporary = chosen is null;
        Path = chosen ?? Directory.CreateTempSubdirectory("audiorelay-demo-").FullName;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Removes a temporary folder.</summary>
    public ValueTask DisposeAsync()
    {
        if (_temporary)
        {
            Directory.Delete(Path, recursive: true);
        }

        return ValueTask.CompletedTask;
    }
}
