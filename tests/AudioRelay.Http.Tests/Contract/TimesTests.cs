using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AudioRelay.Http.Shows;
using AudioRelay.Http.Tests.Support;
using AudioRelay.TestKit.Time;
using Microsoft.AspNetCore.Routing;

namespace AudioRelay.Http.Tests.Contract;

/// <summary>Every parameter of the contract that is a time, of every route in every mode, with numbers that are none.</summary>
public sealed class TimesTests
{
    private const long Some = 1_768_478_401_000;
    private const long LastMs = 253_402_300_799_999;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Modes => [ShowModes.Record, ShowModes.Receiver, ShowModes.Inspect];

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_number_that_is_no_time_is_refused_with_the_parameters_name(string mode)
    {
        var time = new ManualTime();
        await using var server = await GuardedServer.Start(mode, time: time);
        using var client = server.Client(GuardedServer.Everything);
        var asked = new HashSet<string>();
        foreach (var route in server.Routes.Where(route => GuardedServer.Methods(route).Contains("GET")))
        {
            var times = TimesOf(route);
            foreach (var name in times)
            {
                foreach (var (value, isTime) in Values(name, isSync: IsSync(route)))
                {
                    var query = string.Join('&', times.Select(other => $"{other}={(other == name ? value : Good(other))}"));
                    query += IsSync(route) ? "&start_id=1&end_id=2" : "";
                    var path = $"{GuardedServer.Path(route, $"{Some - 1000}000")}?{query}";
                    time.Advance(TimeSpan.FromMinutes(1)); // searches are rationed
                    using var answer = await client.GetAsync(path, Token);
                    asked.Add(name);
                    if (isTime)
                    {
                        Assert.False((int)answer.StatusCode >= 500, $"{path}: {answer.StatusCode}");
                        continue;
                    }

                    Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{path}: {answer.StatusCode}");
                    Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
                    var error = (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("error").GetString()!;
                    Assert.Contains($"'{name}' must be a time between", error, StringComparison.Ordinal);
                }
            }
        }

        string[] all = ["before_us", "end_ts", "from_ms", "from_us", "start_ts", "timestamp_ms", "to_ms", "until_us"];
        Assert.Equal(
            mode == ShowModes.Record ? [.. all.Append("cutoff_ts").Order(StringComparer.Ordinal)] : all,
            asked.Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("from_us", long.MinValue)]
    [InlineData("from_us", -1)]
    [InlineData("from_us", (LastMs + 1) * 1000)]
    [InlineData("until_us", long.MaxValue)]
    [InlineData("until_us", -1)]
    public async Task A_bookmark_is_of_a_time(string name, long value)
    {
        await using var server = await GuardedServer.Start(ShowModes.Receiver);
        using var client = server.Client(GuardedServer.Everything);
        var body = new Dictionary<string, object>
        {
            ["show"] = "news",
            ["from_us"] = Some * 1000,
            [name] = value,
        };
        using var answer = await client.PostAsJsonAsync("/api/bookmarks", body, Token);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var error = (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("error").GetString()!;
        Assert.Contains($"'{name}' must be a time between", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public async Task A_place_in_the_journal_may_be_any_number(long after)
    {
        await using var server = await GuardedServer.Start();
        using var client = server.Client(GuardedServer.Everything);
        using var answer = await client.GetAsync($"/api/sync/shows/news/journal?after={after}&limit={after}", Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static IEnumerable<(long Value, bool IsTime)> Values(string name, bool isSync)
    {
        var last = name.EndsWith("_us", StringComparison.Ordinal) ? (LastMs * 1000) + 999 : LastMs;
        return
        [
            (long.MinValue, false),
            (long.MinValue / 1000, false), // its µs are a number still
            (-LastMs - 1, false),
            (-1, isSync), // a receiver's limit may lie before 1970
            (0, true),
            (last, true),
            (last + 1, false),
            (long.MaxValue / 1000, name.EndsWith("_us", StringComparison.Ordinal)),
            (long.MaxValue, false),
        ];
    }

    private static long Good(string name) => name.EndsWith("_us", StringComparison.Ordinal) ? Some * 1000 : Some;

    private static bool IsSync(RouteEndpoint route) => route.RoutePattern.RawText!.StartsWith("/api/sync/shows/", StringComparison.Ordinal);

    /// <summary>What the contract says of a route; those at the predecessor's paths and of a single show are the same.</summary>
    private static string[] TimesOf(RouteEndpoint route)
    {
        var path = route.RoutePattern.RawText!.Replace(":long", "", StringComparison.Ordinal);
        path = path.StartsWith("/api/", StringComparison.Ordinal) ? path[4..] : path;
        var doc = RouteDocs.Find($"GET /api{path}") ?? RouteDocs.Find($"GET /api/show/{{show}}{path}");
        return [.. (doc?.Query ?? "").Split(' ').Select(part => part.Split(':')[0]).Where(IsTime)];
    }

    private static bool IsTime(string name) =>
        name != "wait_ms"
        && (
            name.EndsWith("_ms", StringComparison.Ordinal)
            || name.EndsWith("_us", StringComparison.Ordinal)
            || name.EndsWith("_ts", StringComparison.Ordinal)
        );
}
