using AudioRelay.Benchmarks.Measuring;
using AudioRelay.Benchmarks.Reporting;
using AudioRelay.Streams.Capture;
using AudioRelay.TestKit.Fixtures;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.Benchmarks.Memory;

/// <summary>
/// What a hundred more streams add to a recorder's process, database included, in real time; and what a live recorder allocates. The
/// station is in this process, so that nothing of it is counted.
/// </summary>
internal static class MemoryBenchmark
{
    private const int FfmpegProcesses = 3;
    private const int WarmShows = 2;
    private static readonly TimeSpan OnAir = TimeSpan.FromMinutes(5);
    private static readonly string[] Opus =
    [
        "-ac",
        "1",
        "-ar",
        "48000",
        "-c:a",
        "libopus",
        "-compression_level",
        "7",
        "-b:a",
        "16k",
        "-application",
        "audio",
        "-vbr",
        "on",
        "-f",
        "ogg",
    ];

    public static async Task Run(Bench bench)
    {
        var streams = bench.Choose(100, 20);
        bench.Table.Group($"Memory per stream: {streams} live streams of MP3 128k more in a recorder that runs, resident");
        var script = new StationScript
        {
            Source = new LoopedSource(SoundFixture.Mp3),
            BurstBytes = 65_536,
            MetaInterval = 16_000,
        };
        await using var station = new SocketStation(script, TimeProvider.System, OnAir);
        await Measure(bench, station.Address, "transcoded to Opus 16k", StoredFormat.Opus, streams, 600, Opus);
        await Measure(bench, station.Address, "copied", StoredFormat.Copy, streams, 400, ["-c:a", "copy", "-f", "mp3"]);
    }

    private static async Task Measure(
        Bench bench,
        Uri station,
        string what,
        StoredFormat format,
        int streams,
        double limit,
        string[] encoding
    )
    {
        bench.Say($"{streams} streams {what}");
        var folder = bench.NewFolder("memory");
        await using var child = Child.Start(RecorderChild.Verb, folder, $"{station}", $"{format}");
        await child.Ask($"add {WarmShows}");
        await Recorded(child, segments: 3);
        var before = ProcessMemory.Of(child.Process);

        await child.Ask($"add {streams}");
        await Recorded(child, segments: bench.Choose(6, 3));
        var early = ProcessMemory.Of(child.Process);
        var (allocated, began) = (await Allocated(child), TimeProvider.System.GetTimestamp());
        // The span over which allocation is counted: undisturbed, because each question would allocate.
        await Task.Delay(bench.Choose(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(15)), TimeProvider.System);
        var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        var perSecond = (await Allocated(child) - allocated) / seconds / (streams + WarmShows);
        var late = ProcessMemory.Of(child.Process);

        using var peers = new FfmpegRecorders();
        for (var number = 0; number < FfmpegProcesses; number++)
        {
            peers.Start(station, Path.Combine(folder, $"ffmpeg-{number}"), encoding);
        }

        // The peers tell nobody when they have settled; they get the same time each.
        await Task.Delay(TimeSpan.FromSeconds(bench.Choose(20, 10)), TimeProvider.System);
        var each = (late - before) / streams;
        var peer = peers.Each;
        var against = $"ffmpeg process {peer.Resident:0} KB ({peer.Own:0} KB its own)";
        bench.Table.Add(
            new ResultRow(what, $"{each.Resident:0} KB", against, each.Resident / peer.Resident, $"<= {limit} KB", each.Resident <= limit)
        );
        var grown = (late - early) / streams;
        bench.Table.Add(new ResultRow($"{what}: of that in the last {seconds:0} s", $"{grown.Resident:0} KB"));
        bench.Table.Add(new ResultRow($"{what}: the process itself, with {WarmShows} streams", $"{before.Resident / 1024:0} MB"));
        bench.Table.Add(
            new ResultRow($"{what}: allocated per second of sound, all in", $"{perSecond:0} B", Aim: "<= 1 KB", Met: perSecond <= 1024)
        );
    }

    private static async Task Recorded(Child child, int segments)
    {
        while (long.Parse((await child.Ask("state")).Split(' ')[0]) < segments)
        {
            // The child only answers: what it told by itself would be work that no recorder does.
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        }
    }

    private static async Task<long> Allocated(Child child) => long.Parse((await child.Ask("state")).Split(' ')[1]);
}
