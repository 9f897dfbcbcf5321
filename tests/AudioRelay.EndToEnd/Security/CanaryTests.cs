using System.Text.RegularExpressions;
using AudioRelay.EndToEnd.Support;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.EndToEnd.Security;

/// <summary>Secrets are planted wherever secrets stand, everything is asked and made to fail, and nothing that is said repeats one (S17, S24).</summary>
public sealed partial class CanaryTests
{
    private const string AdminToken = "canary-admin-token-1f3a";
    private const string ListenToken = "canary listen token 77";
    private const string UrlUser = "canaryuser8";
    private const string UrlPassword = "canarypass9";
    private const string UrlToken = "canaryquery5";
    private const string Guess = "canary-wrong-guess-3";

    private static readonly string[] Canaries = [AdminToken, ListenToken, Uri.EscapeDataString(ListenToken), UrlPassword, UrlToken, Guess];

    [Fact]
    public async Task A_recorder_that_logs_all_it_can_says_no_secret_in_logs_answers_or_headers()
    {
        await using var station = new SocketStation(
            new StationScript { BurstBytes = 65_536 },
            TimeProvider.System,
            TimeSpan.FromSeconds(10)
        );
        var address = new UriBuilder(station.Address)
        {
            UserName = UrlUser,
            Password = UrlPassword,
            Query = "token=" + UrlToken,
        };
        var dead = new UriBuilder(address.Uri) { Port = 1 };
        using var config = new TempConfig(
            [new ShowLines("good", address.Uri, "copy"), new ShowLines("dead", dead.Uri, "copy")],
            top: "token_profile = ['main', 'ears']"
        );
        await using var process = AudioRelayProcess.Start(
            config.Home,
            ["record", "-c", config.File],
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["CRED_TOKEN_MAIN"] = AdminToken,
                ["CRED_TOKEN_EARS"] = ListenToken,
                ["CRED_TOKEN_EARS_SCOPES"] = "listen",
                ["AUDIORELAY_LOG"] = "trace",
                ["AUDIORELAY_DEBUG"] = "1",
            }
        );
        using var client = new HttpClient { BaseAddress = new Uri((await process.Line(Listening())).Groups[1].Value) };
        var said = new SaidAnswers(client);
        foreach (var token in new[] { null, Guess, ListenToken, AdminToken })
        {
            said.Be(token);
            var link = await said.Post("/api/show/good/link", "");
            foreach (var path in Paths.Concat(Links(link)))
            {
                await said.Get(path);
            }

            await said.Post("/api/session", $$"""{"token":"{{token}}"}""");
            await said.Post("/api/session", "{ broken " + Guess);
            await said.Post("/api/admin/actors/restart?path=/recorder/" + Guess.ToUpperInvariant(), "");
        }

        Assert.Equal(0, await process.Terminate());
        // It really logs all it can, and there was something to take out.
        Assert.Contains("Request starting", process.Said, StringComparison.Ordinal);
        Assert.Contains("/t/(secret)", process.Said, StringComparison.Ordinal);
        foreach (var canary in Canaries)
        {
            Assert.DoesNotContain(canary, process.Said, StringComparison.Ordinal);
            Assert.DoesNotContain(canary, said.All, StringComparison.Ordinal);
        }

        Assert.DoesNotMatch(LinkInLog(), process.Said);
    }

    private static readonly string[] Paths =
    [
        "/",
        "/health",
        "/metrics",
        "/api/health",
        "/api/mode",
        "/api/shows",
        "/api/session",
        "/api/openapi.json",
        "/api/nothing",
        "/api/sync/shows",
        "/api/sync/shows/good/metadata",
        "/api/sync/shows/good/journal",
        "/api/show/good/metadata",
        "/api/show/good/sessions",
        "/api/show/good/timeline?from_ms=0&to_ms=9000000000000",
        "/api/show/dead/metadata",
        "/show/good/playlist.m3u8?start_id=x",
        "/api/admin/tokens",
        "/api/admin/actors",
        "/api/admin/actors/show?path=/recorder",
        "/api/admin/actors/log?path=/recorder",
        "/api/admin/actors/show?path=/recorder/shows/dead",
        "/api/admin/actors/log?path=/recorder/shows/dead",
    ];

    /// <summary>What the link opens, and what it does not.</summary>
    private static IEnumerable<string> Links(string link) =>
        Prefix().Match(link) is { Success: true } match
            ?
            [
                $"/{match.Groups[1].Value}playlist.m3u8",
                $"/{match.Groups[1].Value}playlist.m3u8?start_id=x",
                $"/{match.Groups[1].Value}../dead/metadata",
            ]
            : [];

    [GeneratedRegex("^Listening on (http\\S+)")]
    private static partial Regex Listening();

    [GeneratedRegex("\"url_prefix\":\"([^\"]+)\"")]
    private static partial Regex Prefix();

    [GeneratedRegex("/t/[0-9a-f]{12}\\.")]
    private static partial Regex LinkInLog();
}
