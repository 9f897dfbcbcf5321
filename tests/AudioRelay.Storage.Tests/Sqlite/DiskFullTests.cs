using System.Diagnostics;
using AudioRelay.Storage.Sqlite;
using AudioRelay.Storage.Tests.Support;

namespace AudioRelay.Storage.Tests.Sqlite;

public sealed class DiskFullTests
{
    private const long Noon = 1_790_000_000_000_000;

    [Fact]
    public void A_full_database_is_told_as_such_and_the_store_goes_on_when_there_is_room()
    {
        using var folder = new TempFolder();
        var path = folder.File("show.sqlite");
        using var store = Recording.Create(path, options: new StoreOptions { MaxPages = 100 });
        var recording = new Recording(store);
        store.Commit(recording.OpenBatch(Noon).Add(recording.Next(96000)));
        var batch = Fill(store, recording);

        var before = store.Position;
        Assert.Equal(path, Assert.Throws<StorageFullException>(() => store.Commit(batch)).Path);
        Assert.Equal(before, store.Position);
        store.Pragma("max_page_count = 100000");
        Assert.Equal(before.MaxId + 1, store.Commit(batch).FirstSegmentId);
        Assert.Equal("ok", Sql.Scalar(path, "pragma integrity_check"));
    }

    [Fact]
    public void A_full_file_system_is_told_as_such_and_the_store_goes_on_when_there_is_room()
    {
        using var folder = new TempFolder();
        var mounted = Directory.CreateDirectory(folder.File("small")).FullName;
        Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", mounted), "a small tmpfs can only be mounted by root");
        try
        {
            var path = Path.Combine(mounted, "show.sqlite");
            var ballast = Path.Combine(mounted, "ballast");
            File.WriteAllBytes(ballast, new byte[300_000]);
            using var store = Recording.Create(path);
            var recording = new Recording(store);
            store.Commit(recording.OpenBatch(Noon).Add(recording.Next(96000)));
            var batch = Fill(store, recording);
            Assert.Throws<StorageFullException>(() => store.Commit(batch));
            File.Delete(ballast);
            var before = store.Position;
            Assert.Equal(before.MaxId + 1, store.Commit(batch).FirstSegmentId);
            Assert.Equal(before.MaxId + 1, Sql.Scalar(path, "select count(*) from segments"));
            Assert.Equal("ok", Sql.Scalar(path, "pragma integrity_check"));
        }
        finally
        {
            Assert.True(Run("umount", mounted));
        }
    }

    /// <summary>Commits until it is full; gives the batch that did not fit.</summary>
    private static StoreBatch Fill(ShowStore store, Recording recording)
    {
        for (var i = 0; i < 1000; i++)
        {
            var batch = new StoreBatch().Add(recording.Next(96000, 20_000));
            try
            {
                store.Commit(batch);
            }
            catch (StorageFullException)
            {
                return batch;
            }
        }

        throw new InvalidOperationException("It never got full.");
    }

    private static bool Run(string program, params string[] arguments)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false }
        )!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
