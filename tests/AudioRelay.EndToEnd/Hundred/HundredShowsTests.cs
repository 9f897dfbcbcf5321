using AudioRelay.EndToEnd.Support;
using AudioRelay.TestKit.Fixtures;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.EndToEnd.Hundred;

/// <summary>A hundred copied shows and six transcoded ones, each with a connection of its own, in one process.</summary>
public sealed class HundredShowsTests(ITestOutputHelper output)
{
    private const int Copied = 100;
    private static readonly string[] Transcoded = ["opus", "opus", "opus", "opus", "aac", "wav"];
    private static readonly SyntheticSource Frames = new() { Kilobits = 64 };

    [Fact]
    public async Task All_are_recorded_and_memory_is_bounded()
    {
        await using var stations = new Stations { Extra = 1 };
        using var one = new TempConfig([new ShowLines("only", stations.Copied.Address, "copy", Split: 6)]);
        using var all = new TempConfig(stations.Shows);
        await using var small = await RecorderRun.Start(one);
        await using var large = await RecorderRun.Start(all);
        await AllReach(large, 3);
        await small.Commits.Reaches("only", 3);
        var (few, many) = (small.Process.ResidentBytes, large.Process.ResidentBytes);
        var perStream = (many - few) / 1024.0 / (Copied + Transcoded.Length - 1);
        output.WriteLine(
            FormattableString.Invariant(
                $"resident: {few >> 20} MB with one show, {many >> 20} MB with {Copied} copied and {Transcoded.Length} transcoded: {perStream:0} KB a stream"
            )
        );
        Assert.Equal(0, await large.Stop());
        CheckAll(stations, all);
        // Resident memory holds garbage that the collector sees no reason to remove; ./bench prints what a stream needs.
        Assert.InRange(perStream, 0, 2048);
    }

    [Fact]
    public async Task All_are_recorded_on_a_disk_whose_every_fsync_takes_10_ms()
    {
        Assert.SkipUnless(SlowDisk.CanBeMade, SlowDisk.Missing);
        using var disk = await SlowDisk.Make();
        await using var stations = new Stations();
        using var all = new TempConfig(stations.Shows);
        await using var recorder = await RecorderRun.Start(all, disk.Environment);
        output.WriteLine($"answers after {TimeProvider.System.GetElapsedTime(recorder.Process.Started).TotalSeconds:0.0} s");
        await AllReach(recorder, 3);
        var syncs = disk.Syncs;
        var running = TimeProvider.System.GetElapsedTime(recorder.Process.Started).TotalSeconds;
        output.WriteLine($"{syncs} fsyncs in {running:0.0} s: the disk was busy {syncs / running:0} % of the time");
        Assert.True(syncs > Copied, "the slow disk was not used");
        Assert.Equal(0, await recorder.Stop());
        CheckAll(stations, all);
    }

    private static async Task AllReach(RecorderRun recorder, int segments)
    {
        foreach (var show in Stations.Names)
        {
            await recorder.Commits.Reaches(show, segments);
        }
    }

    private static void CheckAll(Stations stations, TempConfig config)
    {
        var index = new FrameIndex(Frames, 8000);
        foreach (var name in Stations.Names)
        {
            using var show = new StoredShow(config.Database(name));
            Assert.Equal("ok", show.Integrity);
            var section = Assert.Single(show.Sections);
            Assert.True((long)show.Scalar("select count(*) from troubles")! == 0, $"{name} had trouble");
            Assert.Equal(section.Samples, show.Segments.Sum(s => s.DurationSamples));
            if (section.Codec == "mp3")
            {
                var stored = index.Of(show.Segments);
                Assert.Equal(Enumerable.Range(0, stored.Count).Select(i => stored[0] + i), stored);
            }
        }

        // Each had a connection of its own; one that the machine kept waiting for seconds may have dialled a second one.
        var dials = stations.Copied.Station.Dials + stations.Sounding.Station.Dials - stations.Extra;
        Assert.True(dials >= Stations.Names.Count(), $"only {dials} connections");
    }

    private sealed class Stations : IAsyncDisposable
    {
        public static IEnumerable<string> Names =>
            Enumerable.Range(0, HundredShowsTests.Copied).Select(i => $"copy-{i}").Concat(Transcoded.Select((_, i) => $"sound-{i}"));

        public SocketStation Copied { get; } =
            new(new StationScript { Source = Frames, BurstBytes = 65_536 }, TimeProvider.System, TimeSpan.FromSeconds(15));

        public SocketStation Sounding { get; } =
            new(
                new StationScript { Source = new LoopedSource(SoundFixture.Mp3), BurstBytes = 65_536 },
                TimeProvider.System,
                TimeSpan.FromSeconds(15)
            );

        /// <summary>Dials that were not of the recorder under test.</summary>
        public int Extra { get; init; }

        public IEnumerable<ShowLines> Shows =>
            Enumerable
                .Range(0, HundredShowsTests.Copied)
                .Select(i => new ShowLines($"copy-{i}", new Uri($"{Copied.Address}?n={i}"), "copy", Split: 6))
                .Concat(Transcoded.Select((format, i) => new ShowLines($"sound-{i}", new Uri($"{Sounding.Address}?n={i}"), format, 6)));

        public async ValueTask DisposeAsync()
        {
            await Copied.DisposeAsync();
            await Sounding.DisposeAsync();
        }
    }
}
