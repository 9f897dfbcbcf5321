using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using AudioRelay.Benchmarks.Measuring;
using AudioRelay.Benchmarks.Reporting;
using AudioRelay.Benchmarks.Sync;
using AudioRelay.Storage.Postgres;
using AudioRelay.Storage.Receiving;
using AudioRelay.Storage.Receiving.Sqlite;
using AudioRelay.TestKit.Postgres;

namespace AudioRelay.Benchmarks.Titles;

/// <summary>
/// Search by title over HTTP among a million titles: of one show in both stores, whether its songs come again and again or each is another one,
/// and of ten shows at once. Every search in turns with all the others, so that a busy moment meets all of them.
/// </summary>
internal static class TitlesBenchmark
{
    private const double MostMs = 100;
    private const int Shows = 10;

    /// <summary>A million titles are indexed in a minute, or in several where others are busy.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    /// <summary>As many different songs as a large archive has.</summary>
    private const int Archive = 60_000;

    /// <summary>Nobody is there: a receiver serves what it has.</summary>
    private const string NoRecorder = "http://127.0.0.1:9/";

    public static async Task Run(Bench bench)
    {
        var titles = bench.Choose(1_000_000, 50_000);
        await using var postgres = PostgresServer.IsInstalled ? await PostgresServer.Start() : null;
        if (postgres is null)
        {
            bench.Say(PostgresServer.Missing);
        }

        List<TitleStore> stores = [];
        foreach (
            var (what, shows, different) in new[]
            {
                ("one show, 60,000 songs played over and over", 1, Math.Min(Archive, titles / 2)),
                ("one show, no title twice", 1, titles),
                ("ten shows at once", Shows, Math.Min(Archive, titles / 2)),
            }
        )
        {
            var folder = bench.NewFolder("titles");
            stores.Add(await Fill(bench, $"{what}, SQLite", [folder], shows, titles, different, null));
            if (postgres is not null)
            {
                stores.Add(
                    await Fill(
                        bench,
                        $"{what}, PostgreSQL",
                        [SyncRig.Url(postgres), postgres.NewPrefix()],
                        shows,
                        titles,
                        different,
                        postgres
                    )
                );
            }
        }

        foreach (var store in stores)
        {
            await Measure(bench, store, titles);
        }
    }

    private static async Task<TitleStore> Fill(
        Bench bench,
        string what,
        string[] place,
        int shows,
        int titles,
        int different,
        PostgresServer? postgres
    )
    {
        bench.Say($"{titles} titles: {what}");
        await using IReceivedStores stores = postgres is null
            ? SqliteReceivedStores.Open(place[0], TimeProvider.System, new Random(1))
            : new PostgresReceivedStores(
                new PostgresOptions { Url = new Uri(place[0]), Prefix = place[1] },
                TimeProvider.System,
                new Random(1)
            );
        for (var show = 0; show < shows; show++)
        {
            var name = $"show{show}";
            var texts = new TitleTexts(titles / shows, different / shows);
            var database = postgres is null ? null : $"save_audio_{place[1]}_{name}";
            var indices = database is null ? "" : await Unindex(stores, postgres!, name, database);
            await TitleFill.Show(stores, name, titles / shows, texts.At);
            if (database is not null)
            {
                await postgres!.Sql(indices, database, Patience);
                await postgres.Sql("vacuum analyze", database, Patience);
            }
        }

        return new TitleStore(what, place, shows);
    }

    /// <summary>Takes away what costs most of the time of filling; gives the SQL that makes it again.</summary>
    private static async Task<string> Unindex(IReceivedStores stores, PostgresServer postgres, string name, string database)
    {
        await TitleFill.Show(stores, name, 0, _ => "");
        var indices = await postgres.Sql(
            "select string_agg(indexdef, ';') from pg_indexes where indexdef like '% USING gin %' and schemaname = 'public'",
            database
        );
        var drop = await postgres.Sql(
            "select string_agg('drop index ' || indexname, ';') from pg_indexes where indexdef like '% USING gin %' and schemaname = 'public'",
            database
        );
        await postgres.Sql(drop, database);
        return indices;
    }

    private static async Task Measure(Bench bench, TitleStore store, int titles)
    {
        bench.Say($"searching: {store.What}");
        await using var child = Child.Start([ReceiverChild.Verb, NoRecorder, .. store.Place]);
        await child.Hear();
        var address = new Uri(await child.Ask("address"));
        var page = store.Shows == 1 ? "/api/show/show0/titles" : "/api/titles";
        var (searches, taken, found) = (Searches(titles / store.Shows), new Dictionary<string, Durations>(), new Dictionary<string, int>());
        var once = new Dictionary<string, TimeSpan>();
        for (var round = 0; round <= bench.Choose(15, 3); round++)
        {
            using var client = Listener(address, round);
            foreach (var (what, query) in searches)
            {
                var first = new Durations();
                found[what] = await (round == 0 ? first : taken[what]).TakeAsync(() => Count(client, $"{page}?{query}"));
                if (round == 0)
                {
                    // Code is compiled and pages are read in that one; told apart.
                    (taken[what], once[what]) = (new Durations(), first.Median);
                }
            }
        }

        bench.Table.Group($"Search by title, {titles} titles, {store.What}: median and worst, {Machine.LoadNow()}");
        foreach (var (what, _) in searches)
        {
            var (median, worst) = (taken[what].Median.TotalMilliseconds, taken[what].At(1.0).TotalMilliseconds);
            bench.Table.Add(
                new ResultRow(
                    what,
                    $"{median:0.0} ms",
                    $"worst {worst:0.0} ms (first {once[what].TotalMilliseconds:0} ms), {found[what]} found",
                    Aim: $"<= {MostMs:0} ms",
                    Met: worst <= MostMs
                )
            );
        }
    }

    private static (string What, string Query)[] Searches(int titles)
    {
        static long At(double place) => TitleFill.Begin + (long)(place * TitleFill.SecondsApart * 1_000_000);
        static string Of(string text) => $"q={Uri.EscapeDataString(text)}&limit=100";
        string Until(double share) => string.Create(CultureInfo.InvariantCulture, $"&until_us={At(titles * share)}");
        string From(double share) => string.Create(CultureInfo.InvariantCulture, $"&from_us={At(titles * share)}");
        return
        [
            ("nothing asked: the newest", "limit=100"),
            ("in nearly all: 'e'", Of("e")),
            ("'the'", Of("the")),
            ("only old ones: 5 %, in the oldest tenth", Of(TitleTexts.Old)),
            ("only old ones: nearly all of the older half", Of(TitleTexts.Half.ToUpperInvariant())),
            ("only new ones", Of(TitleTexts.New)),
            ("one in a thousand", Of(TitleTexts.Seldom)),
            ("one at all", Of(TitleTexts.Rare)),
            ("none: a word", Of("never was this")),
            ("none: words that all are frequent", Of("of love the night you")),
            ("none: one letter", Of("ξ")),
            ("none: two letters", Of("zq")),
            ("two letters", Of("st")),
            ("three words", Of("love and night")),
            ("'%'", Of("%")),
            ("'_'", Of("_")),
            ("'0% l'", Of("0% l")),
            ("'\\'", Of("\\")),
            ("capitals beyond ASCII", Of("GRÖßE")),
            ("a page from the middle on: 'the'", Of("the") + Until(0.5)),
            ("a page from the middle on: new ones", Of(TitleTexts.New) + Until(0.5)),
            ("a page among the old ones", Of(TitleTexts.Old) + Until(0.05)),
            ("since the middle: old ones", Of(TitleTexts.Half) + From(0.6)),
            ("one day in the middle: none of it", Of(TitleTexts.Old) + From(0.5) + Until(0.5005)),
        ];
    }

    /// <summary>Each round is another listener's, from another address: the server lets each search twice a second, for ever.</summary>
    private static HttpClient Listener(Uri address, int round)
    {
        var from = new IPEndPoint(new IPAddress([127, 0, 1, (byte)(round + 1)]), 0);
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancel) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                try
                {
                    socket.Bind(from);
                    await socket.ConnectAsync(context.DnsEndPoint, cancel);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        };
        return new HttpClient(handler) { BaseAddress = address };
    }

    private static async ValueTask<int> Count(HttpClient client, string path)
    {
        await using var body = await client.GetStreamAsync(new Uri(path, UriKind.Relative));
        using var answer = await JsonDocument.ParseAsync(body);
        return answer.RootElement.GetProperty("titles").GetArrayLength();
    }

    private sealed record TitleStore(string What, string[] Place, int Shows);
}
