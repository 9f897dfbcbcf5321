using AudioRelay.Storage.Sqlite;
using AudioRelay.Storage.Tests.Support;

namespace AudioRelay.Storage.Tests.Sqlite;

public sealed class ShowLockTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Path => _folder.File("show.sqlite");

    [Fact]
    public void A_second_recorder_in_the_same_process_is_refused_until_the_first_has_closed()
    {
        using (Recording.Create(Path))
        {
            Refused();
        }

        Recording.Create(Path).Dispose();
    }

    [Fact]
    public async Task A_recorder_in_another_process_holds_the_show_until_it_is_killed()
    {
        using var child = new ChildProcess("AudioRelay.Storage.Tests.Sqlite.ShowLockTests." + nameof(Child_holds_the_lock), Path);
        Assert.Equal("holding", await child.HearAsync());
        Refused();
        child.Kill();
        await child.EndAsync();
        Recording.Create(Path).Dispose();
    }

    [Fact]
    public void Reading_needs_no_lock()
    {
        using var store = Recording.Create(Path);
        Assert.NotNull(SqliteShowReader.Open(Path));
    }

    [Fact(Explicit = true)]
    public void Child_holds_the_lock()
    {
        if (ChildProcess.Database is { } path)
        {
            using var store = Recording.Create(path);
            ChildProcess.Say("holding");
            Console.In.ReadToEnd();
            new ManualResetEventSlim().Wait(TimeSpan.FromMinutes(2));
        }
    }

    public void Dispose() => _folder.Dispose();

    private void Refused()
    {
        var error = Assert.Throws<StorageException>(() => Recording.Create(Path));
        Assert.Equal(StorageFault.Locked, error.Fault);
        Assert.StartsWith("Another instance is already recording", error.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.File("show.lock"), error.Message, StringComparison.Ordinal);
    }
}
