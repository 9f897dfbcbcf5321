using System.Text.RegularExpressions;
using AudioRelay.EndToEnd.Support;
using AudioRelay.TestKit.Stations;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.EndToEnd.Errors;

public sealed partial class DiskFullTests(ITestOutputHelper output)
{
    [Fact]
    public async Task On_a_full_disk_recording_pauses_says_so_and_goes_on_when_there_is_room()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "a small tmpfs can only be mounted by root");
        using var folder = new TemporaryFolder();
        var disk = Directory.CreateDirectory(folder.File("disk")).FullName;
        await ToolProcess.Run("mount", ["-t", "tmpfs", "-o", "size=4m", "tmpfs", disk], token: TestContext.Current.CancellationToken);
        try
        {
            await Run(disk);
        }
        finally
        {
            await ToolProcess.Run("umount", ["-l", disk], token: TestContext.Current.CancellationToken);
        }
    }

    private async Task Run(string disk)
    {
        var source = new SyntheticSource();
        await using var station = new SocketStation(
            new StationScript { Source = source, BurstBytes = 65_536 },
            TimeProvider.System,
            TimeSpan.FromSeconds(10)
        );
        using var config = new TempConfig([new ShowLines("show", station.Address, "copy")], disk);
        await using var recorder = await RecorderRun.Start(config);
        await recorder.Commits.Reaches("show", 6);
        Fill(Path.Combine(disk, "ballast"));

        await recorder.Process.Line(Paused());
        // Held in memory for a while; then the section ends.
        await recorder.Process.Line(Given());
        File.Delete(Path.Combine(disk, "ballast"));
        await recorder.Process.Line(Resumed());
        await recorder.Commits.Until(
            async () => (await recorder.Json("/api/show/show/sessions")).GetProperty("sessions").GetArrayLength() == 2,
            "a section after the gap"
        );
        var timeline = await recorder.Timeline("show");
        output.WriteLine(timeline.GetProperty("gaps").ToString());
        var gap = Assert.Single(timeline.GetProperty("gaps").EnumerateArray());
        Assert.Equal("disk_full", gap.GetProperty("cause").GetString());
        Assert.Equal(0, await recorder.Stop());

        using var show = new StoredShow(config.Database("show"));
        Assert.Equal("ok", show.Integrity);
        Assert.Equal(2, show.Sections.Count);
        Assert.Equal("disk_full", show.Sections[0].EndCause);
        var index = new FrameIndex(source, 9000);
        foreach (var section in show.Sections)
        {
            var stored = index.Of(show.Segments.Where(s => s.SectionId == section.Id));
            Assert.Equal(Enumerable.Range(0, stored.Count).Select(i => stored[0] + i), stored);
        }

        // The gap is as long as the frames that are missing.
        var last = index.Of(show.Segments.Where(s => s.SectionId == show.Sections[0].Id))[^1];
        var first = index.Of(show.Segments.Where(s => s.SectionId == show.Sections[1].Id))[0];
        var missing = (first - last - 1) * 1152 / 44.1;
        Assert.Equal(missing, gap.GetProperty("to_ms").GetInt64() - gap.GetProperty("from_ms").GetInt64(), 500.0);
    }

    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var page = new byte[4096];
        try
        {
            while (true)
            {
                file.Write(page);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    [GeneratedRegex("show.*disk is full")]
    private static partial Regex Paused();

    [GeneratedRegex("show.*section was ended")]
    private static partial Regex Given();

    [GeneratedRegex("show.*room on the disk again")]
    private static partial Regex Resumed();
}
