using AudioRelay.Benchmarks.Measuring;
using AudioRelay.Benchmarks.Playback;
using AudioRelay.Benchmarks.Reporting;
using AudioRelay.Benchmarks.Storing;

namespace AudioRelay.Benchmarks.Segments;

/// <summary>Segments that many ask for, against nginx with the same bytes as files; segments that nobody asked for yet, against their bare rows.</summary>
internal static class SegmentsBenchmark
{
    private const int Day = 24 * 3600 / ShowFill.SegmentSeconds;

    /// <summary>What a few hundred live listeners ask for: the last minutes of some shows.</summary>
    private const int Hot = 200;

    public static async Task Run(Bench bench)
    {
        var segments = bench.Choose(Day, Day / 6);
        var folder = bench.NewFolder("segments");
        var path = Path.Combine(folder, "show.sqlite");
        bench.Say($"a show with {segments} segments");
        DayOfShow.Write(path, segments);
        var length = bench.Choose(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(2));
        bench.Table.Group("Segments of 6 s, Opus 16k as fMP4, 8 kept connections of our own client on the same cores");
        await using var child = Child.Start(ServerChild.Verb, path);
        var relay = new Uri((await child.Hear()).Split(' ')[0]);
        await RunHot(bench, child, relay, folder, length);
        await RunCold(bench, path, segments, length);
    }

    private static async Task RunHot(Bench bench, Child child, Uri relay, string folder, TimeSpan length)
    {
        var files = Path.Combine(folder, "files");
        var size = await Save(relay, files);
        bench.Say("hot segments");
        var ours = await ServerLoad.Of(child, relay, HotPath, length);
        if (await NginxServer.TryStart(files, Directory.CreateDirectory(Path.Combine(folder, "nginx")).FullName) is not { } nginx)
        {
            bench.Table.Add(
                new ResultRow(
                    $"{Hot} hot ones, {size / 1000} kB",
                    $"{ours.PerSecond:0}/s",
                    "nginx is not installed (Debian: apt-get install nginx)"
                )
            );
            return;
        }

        await using (nginx)
        {
            bench.Say("the same from nginx");
            var peer = await ServerLoad.Of(() => Task.FromResult(nginx.Cpu), nginx.Address, HotPath, length);
            var ratio = ours.PerSecond / peer.PerSecond;
            bench.Table.Add(
                new ResultRow(
                    $"{Hot} hot ones, {size / 1000} kB",
                    $"{ours.PerSecond:0}/s",
                    $"nginx, from files {peer.PerSecond:0}/s",
                    ratio,
                    ">= 0.50 x",
                    ratio >= 0.5
                )
            );
            bench.Table.Add(
                ResultRow.AtMost(
                    "  server CPU for each",
                    $"{ours.CpuEach.TotalMicroseconds:0} us",
                    $"nginx {peer.CpuEach.TotalMicroseconds:0} us",
                    ours.CpuEach / peer.CpuEach,
                    limit: null
                )
            );
            bench.Table.Add(new ResultRow("  latency", $"{ours.Latency}", $"nginx {peer.Latency}"));
        }
    }

    private static async Task RunCold(Bench bench, string path, int segments, TimeSpan length)
    {
        // Without room in memory every one of them is read.
        await using var child = Child.Start(ServerChild.Verb, path, "0");
        var relay = new Uri((await child.Hear()).Split(' ')[0]);
        bench.Say("cold segments");
        var ours = await ServerLoad.Of(child, relay, random => $"/opus-segment/{random.Next(1, segments + 1)}.m4s", length);
        bench.Say("the same rows, read bare");
        var peer = BareReads.Run(path, segments, length);
        var perSecond = peer.Count / peer.Sum.TotalSeconds;
        bench.Table.Add(
            new ResultRow(
                "cold ones, at random from the day",
                $"{ours.PerSecond:0}/s",
                $"bare rows, one connection, no HTTP {perSecond:0}/s",
                ours.PerSecond / perSecond
            )
        );
        bench.Table.Add(
            new ResultRow(
                "  server CPU for each",
                $"{ours.CpuEach.TotalMicroseconds:0} us",
                $"bare rows {peer.Median.TotalMicroseconds:0} us"
            )
        );
        bench.Table.Add(new ResultRow("  latency", $"{ours.Latency}", $"bare rows {peer}"));
    }

    private static string HotPath(Random random) => $"/opus-segment/{random.Next(1, Hot + 1)}.m4s";

    /// <summary>The very bytes, as files.</summary>
    private static async Task<int> Save(Uri relay, string files)
    {
        Directory.CreateDirectory(Path.Combine(files, "opus-segment"));
        using var client = new HttpClient { BaseAddress = relay };
        var size = 0;
        for (var id = 1; id <= Hot; id++)
        {
            var bytes = await client.GetByteArrayAsync(new Uri($"/opus-segment/{id}.m4s", UriKind.Relative));
            await File.WriteAllBytesAsync(Path.Combine(files, "opus-segment", $"{id}.m4s"), bytes);
            size = bytes.Length;
        }

        return size;
    }
}
