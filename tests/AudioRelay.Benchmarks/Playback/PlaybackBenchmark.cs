using AudioRelay.Benchmarks.Measuring;
using AudioRelay.Benchmarks.Reporting;
using AudioRelay.Benchmarks.Storing;

namespace AudioRelay.Benchmarks.Playback;

/// <summary>Listeners of a recorded day: its playlist, new and kept, and its segments, against a server that has the bytes at hand.</summary>
internal static class PlaybackBenchmark
{
    private const int Day = 24 * 3600 / ShowFill.SegmentSeconds;
    private const long SegmentMs = ShowFill.SegmentSeconds * 1000;

    public static async Task Run(Bench bench)
    {
        var segments = bench.Choose(Day, Day / 6);
        var path = Path.Combine(bench.NewFolder("playback"), "show.sqlite");
        bench.Say($"a show with {segments} segments");
        DayOfShow.Write(path, segments);
        await using var child = Child.Start(ServerChild.Verb, path);
        var addresses = (await child.Hear()).Split(' ');
        var (relay, bare) = (new Uri(addresses[0]), new Uri(addresses[1]));
        await Playlists(bench, child, relay, bare, segments);
        await Segments(bench, child, relay, bare, segments);
    }

    private static async Task Playlists(Bench bench, Child child, Uri relay, Uri bare, int segments)
    {
        bench.Table.Group($"Playback over HTTP: the playlist of {segments} segments of {ShowFill.SegmentSeconds} s");
        using var client = await KeepAliveClient.Connect(relay);
        var made = 0;
        foreach (var (encoding, name) in ((string, string)[])[("identity", "new, plain"), ("br", "new, packed with Brotli")])
        {
            bench.Say($"playlists, {name}");
            var (taken, length) = (new Durations(), 0);
            for (var round = -3; round < bench.Choose(30, 8); round++)
            {
                // A range that was never asked for before is not in the cache.
                var path = Playlist(segments, later: ++made);
                var into = round < 0 ? new Durations() : taken;
                length = await into.TakeAsync(() => client.Get(path, encoding));
            }

            bench.Table.Add(new ResultRow($"{name}, {length / 1000} kB", $"{taken.Median.TotalMilliseconds:0.0} ms"));
        }

        var kept = Playlist(segments, later: 0);
        var size = await client.Get(kept);
        bench.Say("playlists from the cache");
        await Compare(bench, child, relay, bare, $"from the cache, plain, {size / 1000} kB", _ => kept, size);
    }

    private static async Task Segments(Bench bench, Child child, Uri relay, Uri bare, int segments)
    {
        bench.Table.Group($"Playback over HTTP: segments of {ShowFill.SegmentSeconds} s, Opus 16k as fMP4, at random from the day");
        using var client = await KeepAliveClient.Connect(relay);
        var size = await client.Get(Segment(1));
        bench.Say("segments");
        await Compare(bench, child, relay, bare, $"one segment, {size / 1000} kB", r => Segment(r.Next(1, segments + 1)), size);
    }

    private static async Task Compare(Bench bench, Child child, Uri relay, Uri bare, string what, Func<Random, string> path, int size)
    {
        var length = bench.Choose(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(2));
        var ours = await ServerLoad.Of(child, relay, path, length);
        var peer = await ServerLoad.Of(child, bare, _ => $"/{size}", length);
        bench.Table.Add(
            ResultRow.AtMost($"{what}, server CPU", Micro(ours), $"bare Kestrel {Micro(peer)}", ours.CpuEach / peer.CpuEach, limit: null)
        );
        bench.Table.Add(
            new ResultRow($"{what}, 8 clients on the same cores", $"{ours.PerSecond:0}/s", $"bare Kestrel {peer.PerSecond:0}/s")
        );
        var worst = ours.Latency.At(0.99);
        bench.Table.Add(
            new ResultRow(
                $"{what}, latency",
                $"{ours.Latency}",
                $"bare Kestrel {peer.Latency}",
                worst / peer.Latency.At(0.99),
                "p99 <= 10 ms",
                worst <= TimeSpan.FromMilliseconds(10)
            )
        );
    }

    private static string Micro(ServerLoad load) => $"{load.CpuEach.TotalMicroseconds:0} us";

    private static string Playlist(int segments, int later) =>
        $"/opus-playlist.m3u8?from_ms={DayOfShow.StartMs + later}&to_ms={DayOfShow.StartMs + (segments * SegmentMs)}";

    private static string Segment(int id) => $"/opus-segment/{id}.m4s";
}
