using AudioRelay.Storage.Sqlite;
using AudioRelay.Storage.Tests.Support;

namespace AudioRelay.Storage.Tests.Conformance;

/// <summary>A predecessor's file after our recorder has opened it once.</summary>
public sealed class MigratedFileConformance : ShowReaderConformance, IDisposable
{
    private readonly TempFolder _folder = new();

    protected override Task<IShowReader> OpenAsync(ShowScript script)
    {
        var path = _folder.File("show.sqlite");
        using (var file = PredecessorFile.Create(path))
        {
            foreach (var section in script.Sections)
            {
                var segments = Enumerable.Range(0, section.Segments).Select(i => (section.SamplesEach, section.Data(i)));
                PredecessorFile.Section(file, section.Id, section.StartMs, ShowScript.Rate, [.. segments]);
            }
        }

        Recording.Create(path).Dispose();
        return Task.FromResult<IShowReader>(SqliteShowReader.Open(path));
    }

    public void Dispose() => _folder.Dispose();
}
