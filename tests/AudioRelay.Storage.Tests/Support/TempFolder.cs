using System.Diagnostics.CodeAnalysis;

namespace AudioRelay.Storage.Tests.Support;

/// <summary>A folder that goes when the test does.</summary>
public sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("audiorelay-storage-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    [SuppressMessage("Design", "CA1031", Justification = "What is left behind in the temp folder fails no test.")]
    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException) { }
    }
}
