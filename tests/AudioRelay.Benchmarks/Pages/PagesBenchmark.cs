using AudioRelay.Benchmarks.Measuring;
using AudioRelay.Benchmarks.Playback;
using AudioRelay.Benchmarks.Reporting;
using AudioRelay.Benchmarks.Storing;
using AudioRelay.Storage.Sqlite;

namespace AudioRelay.Benchmarks.Pages;

/// <summary>
/// What somebody waits for who opens a show: the list of shows, the newest sessions, the timeline of a day and the first playlist, after 1, 10,
/// 100 and 365 days of recording around the clock. Should not grow.
/// </summary>
internal static class PagesBenchmark
{
    private const int PerDay = 24 * 3600 / ShowFill.SegmentSeconds;

    /// <summary>A year lies before this moment, and it has passed for good.</summary>
    private const long EndMs = 1_790_000_000_000;

    private const long DayMs = 86_400_000;

    private static readonly (string Name, Func<int, string> Path)[] Pages =
    [
        ("list of shows", _ => "/api/shows"),
        ("newest 50 sessions", _ => "/api/sessions?sort_desc=1&limit=50"),
        ("all sessions, the predecessor's question", _ => "/api/sessions"),
        ("timeline of the last day", later => $"/api/timeline?from_ms={EndMs - DayMs + later}&to_ms={EndMs}"),
        ("first playlist: the newest session", later => $"/opus-playlist.m3u8?from_ms={EndMs - DayMs + later}&to_ms={EndMs}"),
        ("first playlist: the oldest hour", later => $"/opus-playlist.m3u8?start_id={1 + later}&end_id=600"),
        ("first playlist: live", _ => "/opus-playlist.m3u8?live=1"),
    ];

    public static async Task Run(Bench bench)
    {
        var cases = new List<(int Days, int Blob)>();
        foreach (var days in bench.Choose<int[]>([1, 10, 100, 365], [1, 10, 30]))
        {
            cases.Add((days, 20));
        }

        cases.Add((bench.Choose(10, 2), 12_000));
        bench.Table.Group("First page and first playlist of a show (median; the first time apart), by days of recording around the clock");
        Dictionary<string, TimeSpan>? first = null;
        foreach (var (days, blob) in cases)
        {
            var taken = await Measure(bench, days, blob);
            foreach (var (name, once, median) in taken)
            {
                var day = first?[name];
                bench.Table.Add(
                    new ResultRow(
                        $"{days} days, blobs of {blob} B: {name}",
                        $"{median.TotalMilliseconds:0.00} ms (first {once.TotalMilliseconds:0.0} ms)",
                        day is { } one ? $"1 day {one.TotalMilliseconds:0.00} ms" : "",
                        day is { } base1 ? median / base1 : null
                    )
                );
            }

            first ??= taken.ToDictionary(one => one.Name, one => one.Median);
        }
    }

    private static async Task<List<(string Name, TimeSpan First, TimeSpan Median)>> Measure(Bench bench, int days, int blob)
    {
        var path = Path.Combine(bench.NewFolder("pages"), "show.sqlite");
        bench.Say($"a show of {days} days, {days * PerDay} segments of {blob} bytes");
        using (var store = ShowStore.Open(path, ShowFill.Settings, new Random(1)))
        {
            var fill = new ShowFill(store, new byte[blob]);
            for (var day = days; day > 0; day--)
            {
                fill.Section((EndMs - (day * DayMs)) * 1000, PerDay, perCommit: 2400);
            }
        }

        await using var child = Child.Start(ServerChild.Verb, path);
        var relay = new Uri((await child.Hear()).Split(' ')[0]);
        using var client = new HttpClient { BaseAddress = relay };
        await Get(client, "/api/mode"); // the server itself is warm, the show is not
        var results = new List<(string, TimeSpan, TimeSpan)>();
        foreach (var (name, page) in Pages)
        {
            var (once, taken) = (new Durations(), new Durations());
            await once.TakeAsync(() => Get(client, page(0)));
            for (var round = 1; round <= 20; round++)
            {
                var at = round;
                await taken.TakeAsync(() => Get(client, page(at)));
            }

            results.Add((name, once.Median, taken.Median));
        }

        File.Delete(path);
        return results;
    }

    private static async ValueTask<int> Get(HttpClient client, string path) =>
        (await client.GetByteArrayAsync(new Uri(path, UriKind.Relative))).Length;
}
