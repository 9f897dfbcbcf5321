using AudioRelay.Streams.Capture;

namespace AudioRelay.Streams.Tests.Capture.Spooling;

public sealed class FileSpoolTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("audiorelay-spool-").FullName;

    private string File => Path.Combine(_folder, "show.spool");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_appended_is_in_the_file_at_once_and_replaced_as_a_whole()
    {
        using var spool = new FileSpool(File);
        Assert.Empty(FileSpool.Read(File));
        spool.Append([1, 2]);
        spool.Append([3]);
        Assert.Equal([1, 2, 3], FileSpool.Read(File));
        spool.Replace([9]);
        Assert.Equal([9], FileSpool.Read(File));
        spool.Append([8]);
        Assert.Equal([9, 8], FileSpool.Read(File));
        Assert.Equal(["show.spool"], Directory.GetFiles(_folder).Select(Path.GetFileName));
    }
}
