using System.Globalization;
using AudioRelay.Benchmarks.Measuring;
using AudioRelay.Benchmarks.Playback;
using AudioRelay.Benchmarks.Reporting;
using AudioRelay.Benchmarks.Sync;
using AudioRelay.TestKit.Postgres;

namespace AudioRelay.Benchmarks.Pages;

/// <summary>
/// What somebody waits for who opens a show: the list of shows, the newest sessions, the timeline of a day and the first playlist, after 1, 10,
/// 100 and 365 days of recording around the clock, from a file and from PostgreSQL, in one section a day and in 24. Should not grow.
/// </summary>
internal static class PagesBenchmark
{
    private const long EndMs = History.EndMs;
    private const long DayMs = History.DayMs;

    /// <summary>Nobody is there: a receiver serves what it has.</summary>
    private const string NoRecorder = "http://127.0.0.1:9/";

    private static readonly (string Name, Func<int, string> Path)[] Pages =
    [
        ("list of shows", _ => "/api/shows"),
        ("newest 50 sessions", _ => "/api{0}/sessions?sort_desc=1&limit=50"),
        ("all sessions, the predecessor's question", _ => "/api{0}/sessions"),
        ("what is live", _ => "/api{0}/live"),
        ("timeline of the last day", later => $"/api{{0}}/timeline?from_ms={EndMs - DayMs + later}&to_ms={EndMs}"),
        ("timeline of the first day", _ => $"/api{{0}}/timeline?from_ms={{1}}&to_ms={{2}}"),
        ("first playlist: the last day", later => $"{{0}}/opus-playlist.m3u8?from_ms={EndMs - DayMs + later}&to_ms={EndMs}"),
        ("first playlist: the oldest hour", later => $"{{0}}/opus-playlist.m3u8?start_id={1 + later}&end_id=600"),
        ("first playlist: live", _ => "{0}/opus-playlist.m3u8?live=1"),
    ];

    public static async Task Run(Bench bench)
    {
        var days = bench.Choose<int[]>([1, 10, 100, 365], [1, 10, 30]);
        var (big, bigBlob) = (bench.Choose(10, 2), 12_000);
        await Run(bench, "SQLite", [.. days.Select(d => new History(d, 1, 20)), new History(big, 1, bigBlob)], OfFile);
        await Run(bench, "SQLite", [.. days.Select(d => new History(d, 24, 20)), new History(big, 24, bigBlob)], OfFile);
        if (!PostgresServer.IsInstalled)
        {
            bench.Say(PostgresServer.Missing);
            return;
        }

        await using var postgres = await PostgresServer.Start();
        await Run(
            bench,
            "PostgreSQL",
            [.. days.Select(d => new History(d, 24, 20)), new History(big, 24, bigBlob)],
            (_, history) => OfServer(postgres, history)
        );
    }

    private static async Task Run(Bench bench, string store, History[] histories, Func<Bench, History, Task<PageServer>> start)
    {
        bench.Table.Group(
            $"First page and first playlist, {store}, {histories[0].Sections} sections a day (median; the first time apart), {Machine.LoadNow()}"
        );
        Dictionary<string, TimeSpan>? first = null;
        foreach (var history in histories)
        {
            bench.Say($"{store}: {history}");
            await using var server = await start(bench, history);
            var taken = await Measure(server);
            foreach (var (name, once, median) in taken)
            {
                var day = first?[name];
                bench.Table.Add(
                    new ResultRow(
                        $"{history.Days} days, blobs of {history.Blob} B: {name}",
                        $"{median.TotalMilliseconds:0.00} ms (first {once.TotalMilliseconds:0.0} ms)",
                        day is { } one ? $"1 day {one.TotalMilliseconds:0.00} ms" : "",
                        day is { } base1 ? median / base1 : null
                    )
                );
            }

            first ??= taken.ToDictionary(one => one.Name, one => one.Median);
        }
    }

    private static async Task<PageServer> OfFile(Bench bench, History history)
    {
        var path = Path.Combine(bench.NewFolder("pages"), "show.sqlite");
        history.Write(path);
        var child = Child.Start(ServerChild.Verb, path);
        var relay = new Uri((await child.Hear()).Split(' ')[0]);
        return new PageServer(child, relay, "", history.BeginMs, () => Task.Run(() => File.Delete(path)));
    }

    private static async Task<PageServer> OfServer(PostgresServer postgres, History history)
    {
        var (url, prefix) = (SyncRig.Url(postgres), postgres.NewPrefix());
        await history.Write(postgres, new Uri(url), prefix);
        var child = Child.Start(ReceiverChild.Verb, NoRecorder, url, prefix);
        await child.Hear();
        var address = new Uri(await child.Ask("address"));
        return new PageServer(
            child,
            address,
            "/show/show",
            history.BeginMs,
            () => postgres.Sql($"drop database \"save_audio_{prefix}_show\" with (force)")
        );
    }

    private static async Task<List<(string Name, TimeSpan First, TimeSpan Median)>> Measure(PageServer server)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        await Get(client, "/api/mode"); // the server itself is warm, the show is not
        var (once, taken) = (new Dictionary<string, TimeSpan>(), Pages.ToDictionary(page => page.Name, _ => new Durations()));
        for (var round = 0; round <= 20; round++)
        {
            foreach (var (name, page) in Pages)
            {
                var took = new Durations();
                // Another range each time, so that no answer is one that was kept.
                await took.TakeAsync(() => Get(client, server.Path(page(round), round)));
                if (round == 0)
                {
                    once[name] = took.Median;
                }
                else
                {
                    taken[name].Add(took);
                }
            }
        }

        return [.. Pages.Select(page => (page.Name, once[page.Name], taken[page.Name].Median))];
    }

    private static async ValueTask<int> Get(HttpClient client, string path) =>
        (await client.GetByteArrayAsync(new Uri(path, UriKind.Relative))).Length;

    private sealed record PageServer(Child Child, Uri Address, string Show, long BeginMs, Func<Task> Remove) : IAsyncDisposable
    {
        public string Path(string page, int later) =>
            string.Format(CultureInfo.InvariantCulture, page, Show, BeginMs + later, BeginMs + later + DayMs);

        public async ValueTask DisposeAsync()
        {
            await Child.DisposeAsync();
            await Remove();
        }
    }
}
