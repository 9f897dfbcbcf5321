using AudioRelay.TestKit.Tools;

namespace AudioRelay.Streams.Tests.Receiver;

public sealed class DamagedStoreTests
{
    [Fact]
    public async Task A_show_whose_file_cannot_be_read_says_so_keeps_its_name_and_disturbs_no_other()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "shows"));
        var damaged = Path.Combine(folder.Path, "shows", "news.sqlite");
        await File.WriteAllTextAsync(damaged, "This is no database, and somebody may still want to look at it.", ReceiverRig.Token);
        var recorder = new MemoryRecorder();
        recorder.Add("news").Record(3);
        recorder.Add("other").Record(3);

        await using var receiver = await FileReceiver.Start(folder.Path, recorder);
        var pass = await receiver.Pass();

        Assert.False(pass.Complete, string.Join("; ", pass.Report.Shows));
        Assert.Equal(
            ["news StoreFault", "other UpToDate"],
            pass.Report.Shows.Select(s => $"{s.Show} {s.State}").Order(StringComparer.Ordinal)
        );
        Assert.Equal(["other"], receiver.Service.Shows.Select(s => s.Name));
        Assert.True((await receiver.Service.StopAsync()).Complete);
        Assert.StartsWith("This is no database", await File.ReadAllTextAsync(damaged, ReceiverRig.Token), StringComparison.Ordinal);
    }
}
