using AudioRelay.EndToEnd.Support;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.EndToEnd.Stopping;

public sealed class StopTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Sigterm_ends_the_section_commits_everything_and_exits_with_0()
    {
        var source = new SyntheticSource();
        await using var station = new SocketStation(
            new StationScript { Source = source, BurstBytes = 65_536 },
            TimeProvider.System,
            TimeSpan.FromSeconds(10)
        );
        using var config = new TempConfig([
            new ShowLines("first", station.Address, "copy"),
            new ShowLines("second", station.Address, "wav"),
        ]);
        await using var recorder = await RecorderRun.Start(config);
        await recorder.Commits.Reaches("first", 6);
        var told = NowUs;
        Assert.Equal(0, await recorder.Stop());
        var stopped = NowUs;
        output.WriteLine($"stopped within {(stopped - told) / 1000} ms");
        Assert.True(recorder.Commits.EndedInOrder, "a receiver's events were cut instead of ended");

        using var first = new StoredShow(config.Database("first"));
        var section = Assert.Single(first.Sections);
        Assert.True(section.Ended);
        Assert.Equal("stopped_by_user", section.EndCause);
        Assert.Equal("ok", first.Integrity);
        var stored = new FrameIndex(source, 3000).Of(first.Segments);
        Assert.Equal(Enumerable.Range(0, stored.Count).Select(i => stored[0] + i), stored);
        Assert.Equal(section.Samples, stored.Count * 1152L);

        // Nothing that had arrived when it was told is missing; a block of 1400 bytes may have been under way.
        var aired = station.Station.Aired(station.Station.StartUs, told).Last().Index;
        Assert.InRange(stored[^1], aired - 8, aired + ((stopped - told) / 26_122) + 1);

        using var second = new StoredShow(config.Database("second"));
        Assert.True(Assert.Single(second.Sections).Ended);
        Assert.Equal(section.Seconds, second.Sections[0].Seconds, 0.06);
        Assert.DoesNotContain(recorder.Process.Errors, line => line.Contains("fail", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task It_is_recorded_on_after_a_stop_without_a_hole_when_the_burst_covers_it()
    {
        var source = new SyntheticSource();
        await using var station = new SocketStation(
            new StationScript { Source = source, BurstBytes = 512 * 1024 },
            TimeProvider.System,
            TimeSpan.FromSeconds(60)
        );
        using var config = new TempConfig([new ShowLines("show", station.Address, "copy")]);
        await using (var recorder = await RecorderRun.Start(config))
        {
            await recorder.Commits.Reaches("show", 5);
            Assert.Equal(0, await recorder.Stop());
        }

        var before = Read(config).MaxId;
        await using (var recorder = await RecorderRun.Start(config))
        {
            await recorder.Commits.Reaches("show", before + 3);
            Assert.Equal(0, await recorder.Stop());
        }

        using var show = new StoredShow(config.Database("show"));
        Assert.Equal(2, show.Sections.Count);
        var stored = new FrameIndex(source, 6000).Of(show.Segments);
        Assert.Equal(Enumerable.Range(0, stored.Count).Select(i => stored[0] + i), stored);
    }

    private static (long MaxId, long Seq) Read(TempConfig config)
    {
        using var show = new StoredShow(config.Database("show"));
        return (show.MaxId, show.JournalSeq);
    }

    private static long NowUs => (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
