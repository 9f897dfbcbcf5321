namespace AudioRelay.Media.Tests.Containers;

/// <summary>A file of a test, gone with it.</summary>
internal sealed class ScratchFile(string extension) : IDisposable
{
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"ar-{Guid.NewGuid():N}.{extension}");

    public void Dispose() => File.Delete(Path);
}
