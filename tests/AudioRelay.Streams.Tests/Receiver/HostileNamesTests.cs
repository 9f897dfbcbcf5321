using AudioRelay.Storage.Receiving;
using AudioRelay.Streams.Receiver.Status;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.Streams.Tests.Receiver;

/// <summary>Shows whose names are made to hurt, kept in real files.</summary>
public sealed class HostileNamesTests
{
    private static readonly string[] Names =
    [
        "..",
        "../../../etc/passwd",
        "/",
        "a/b",
        "a\\b",
        "C:\\x",
        "'; drop table segments; --",
        "\"",
        "line\nbreak",
        "\u202Eright to left",
        "ｎｅｗｓ",
        "📻",
        new string('x', 300),
        " ",
        "news.sqlite",
        "-rf",
    ];

    [Fact]
    public async Task A_show_that_is_called_as_the_store_of_another_gets_one_of_its_own()
    {
        using var folder = new TemporaryFolder();
        var recorder = new MemoryRecorder();
        recorder.Add("a/b", "db_1").Record(3);
        recorder.Add(StoreSlug.Of("a/b"), "db_2").Record(4);

        await using var receiver = await FileReceiver.Start(folder.Path, recorder);
        var pass = await receiver.Pass();
        Assert.True(pass.Complete, string.Join("; ", pass.Report.Shows));
        Assert.Equal([3L, 4L], pass.Report.Shows.Select(s => s.ReadId).Order());
        Assert.Equal(2, Directory.EnumerateFiles(Path.Combine(folder.Path, "shows"), "*.sqlite").Count());
        await receiver.Service.StopAsync();
    }

    [Fact]
    public async Task A_show_whose_name_is_no_text_is_bad_data_and_the_others_are_kept()
    {
        string[] names = ["nul\0nul", "half\ud83d", "half\ud83e", "whole \ud83d\udcfb"];
        using var folder = new TemporaryFolder();
        var recorder = new MemoryRecorder();
        foreach (var name in names)
        {
            recorder.Add(name, $"db_{Array.IndexOf(names, name)}").Record(3);
        }

        await using var receiver = await FileReceiver.Start(folder.Path, recorder);
        var pass = await receiver.Pass();
        Assert.False(pass.Complete);
        Assert.All(
            pass.Report.Shows,
            show =>
            {
                Assert.Equal(show.Show == names[3] ? ShowSyncState.UpToDate : ShowSyncState.BadData, show.State);
                Assert.Equal(show.Show == names[3], show.Detail?.Contains("is no text", StringComparison.Ordinal) is not true);
            }
        );
        Assert.Equal(names.Length, pass.Report.Shows.Count);
        Assert.Equal([names[3]], receiver.Service.Shows.Select(show => show.Name));
        Assert.True((await receiver.Service.StopAsync()).Complete);
        Assert.Single(Directory.EnumerateFiles(Path.Combine(folder.Path, "shows"), "*.sqlite"));
    }

    [Fact]
    public async Task Each_is_kept_under_its_own_name_inside_the_folder_and_found_again()
    {
        using var folder = new TemporaryFolder();
        var recorder = new MemoryRecorder();
        foreach (var name in Names)
        {
            recorder.Add(name, $"db_{Array.IndexOf(Names, name)}").Record(3);
        }

        for (var start = 0; start < 2; start++)
        {
            await using var receiver = await FileReceiver.Start(folder.File("data"), recorder);
            var pass = await receiver.Pass();
            Assert.True(pass.Complete, string.Join("; ", pass.Report.Shows));
            Assert.Equal(Names.Order(StringComparer.Ordinal), receiver.Service.Shows.Select(s => s.Name));
            Assert.All(pass.Report.Shows, s => Assert.Equal((ShowSyncState.UpToDate, 3L), (s.State, s.ReadId)));
            Assert.True((await receiver.Service.StopAsync()).Complete);
        }

        Assert.Equal(["data"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName));
        var files = Directory.EnumerateFiles(Path.Combine(folder.Path, "data", "shows"), "*.sqlite").ToList();
        Assert.Equal(Names.Length, files.Count);
    }
}
