using System.Net;
using System.Text.Json;
using AudioRelay.Http.Shows;
using AudioRelay.Http.Tests.Support;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Http.Tests.Security;

/// <summary>Nothing that is sent is taken for a command (S19), by any route; and nothing a station sent is taken for a page (S18).</summary>
public sealed class HostileInputTests
{
    private static readonly string[] Values =
    [
        "1 OR 1=1",
        "1; DROP TABLE segments; --",
        "' UNION SELECT sql FROM sqlite_master --",
        "'; SELECT pg_sleep(10); --",
        "%",
        "_%_%_%_%_%_%_%_%_%_%_%_%_%_%_%_%",
        "\\",
        "\"><script>alert(1)</script>",
        "{{7*7}}${7*7}<!--#exec cmd=id-->",
        "../../../../etc/passwd",
        "..%2f..%2fetc%2fpasswd",
        "%00",
        "-1",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "1e308",
        "NaN",
        "\ud83d\ude00",
        "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>",
    ];

    private static readonly string[] Names =
    [
        "q",
        "from_ms",
        "to_ms",
        "from_us",
        "until_us",
        "before_us",
        "limit",
        "show",
        "start_id",
        "end_id",
        "section_id",
        "timestamp_ms",
        "after",
        "cutoff_ts",
        "format",
        "path",
        "live",
    ];

    public static TheoryData<string> Modes => [ShowModes.Record, ShowModes.Receiver, ShowModes.Inspect];

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task No_value_in_any_path_or_query_breaks_or_changes_anything(string mode)
    {
        var time = new ManualTime();
        await using var server = await GuardedServer.Start(mode, time: time);
        using var client = server.Client(GuardedServer.Everything);
        var before = await server.Facts();
        foreach (var route in server.Routes.Where(route => !route.RoutePattern.RawText!.EndsWith("events", StringComparison.Ordinal)))
        {
            foreach (var value in Values)
            {
                var written = Uri.EscapeDataString(value);
                var query = string.Join('&', Names.Select(name => $"{name}={written}"));
                foreach (
                    var path in new[]
                    {
                        GuardedServer.Path(route, written, "news"),
                        GuardedServer.Path(route, "1", written) + "?" + query,
                        GuardedServer.Path(route, "1", "news") + "?" + query,
                    }
                )
                {
                    time.Advance(TimeSpan.FromMinutes(1)); // or the limits would answer instead
                    using var request = new HttpRequestMessage(new HttpMethod(GuardedServer.Methods(route)[0]), path);
                    using var answer = await client.SendAsync(
                        request,
                        HttpCompletionOption.ResponseHeadersRead,
                        TestContext.Current.CancellationToken
                    );
                    Assert.True(
                        (int)answer.StatusCode < 500 || answer.StatusCode == HttpStatusCode.NotImplemented,
                        $"{request.Method} {path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}"
                    );
                    if (!answer.IsSuccessStatusCode)
                    {
                        var type = answer.Content.Headers.ContentType?.MediaType;
                        Assert.True(type is null or "application/problem+json" or "application/json" or "text/plain", $"{path}: {type}");
                    }
                }
            }
        }

        Assert.Equal(before, await server.Facts());
    }

    [Fact]
    public async Task Titles_from_hell_are_data_in_every_answer()
    {
        await using var server = await GuardedServer.Start();
        var titles = new[]
        {
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "</title><svg onload=alert(1)>",
            "javascript:alert(1)",
            "\u202eevil\u0000\u2028",
            "#EXT-X-ENDLIST\n#EXTINF:1,\nhttp://attacker.example/x.ts",
            "'; DROP TABLE segments; --",
        };
        server.SetTitles(titles);
        using var client = server.Client(GuardedServer.Listener);

        using var answer = await client.GetAsync(
            "/api/show/news/timeline?from_ms=1768478000000&to_ms=1768479000000",
            TestContext.Current.CancellationToken
        );
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var playlist = await client.GetStringAsync("/show/news/opus-playlist.m3u8", TestContext.Current.CancellationToken);

        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        var told = JsonDocument
            .Parse(text)
            .RootElement.GetProperty("titles")
            .EnumerateArray()
            .Select(t => t.GetProperty("text").GetString())
            .ToList();
        Assert.Equal(titles, told);
        Assert.DoesNotContain("attacker", playlist, StringComparison.Ordinal);
    }
}
