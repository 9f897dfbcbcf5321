using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Sqlite;
using AudioRelay.Storage.Tests.Support;

namespace AudioRelay.Storage.Tests.Conformance;

public sealed class RecorderFileConformance : ShowReaderConformance, IDisposable
{
    private readonly TempFolder _folder = new();

    protected override Task<IShowReader> OpenAsync(ShowScript script)
    {
        var path = _folder.File("show.sqlite");
        using (var store = Recording.Create(path))
        {
            foreach (var section in script.Sections)
            {
                var startUs = section.StartMs * 1000;
                var batch = new StoreBatch()
                    .Add(startUs, new SectionOpened(section.Id, "opus", ShowScript.Rate, 1, 312, 960))
                    .Add(startUs, new AnchorSet(section.Id, 0, startUs, AnchorCause.Start));
                for (var i = 0; i < section.Segments; i++)
                {
                    var first = i * section.SamplesEach;
                    var atMs = section.StartMs + (first * 1000 / ShowScript.Rate);
                    batch.Add(new NewSegment(section.Id, first, section.SamplesEach, atMs, section.Data(i)));
                }

                var total = section.Segments * section.SamplesEach;
                store.Commit(batch.Add(startUs, new SectionClosed(section.Id, EndCause.WindowEnd, total, 0, startUs)));
            }
        }

        return Task.FromResult<IShowReader>(SqliteShowReader.Open(path));
    }

    public void Dispose() => _folder.Dispose();
}
