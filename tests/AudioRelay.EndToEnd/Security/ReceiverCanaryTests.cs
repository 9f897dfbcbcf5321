using System.Text.RegularExpressions;
using AudioRelay.EndToEnd.Support;
using AudioRelay.TestKit.Net;
using AudioRelay.TestKit.Postgres;
using AudioRelay.TestKit.Stations;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.EndToEnd.Security;

/// <summary>
/// A receiver with secrets wherever it has some: the database's password, the recorders' tokens, its own. Its recorders are well, away, refuse
/// its token and repeat it; nothing that the receiver, <c>doctor</c> or <c>actors</c> say repeats one (S17, S24).
/// </summary>
public sealed partial class ReceiverCanaryTests : IAsyncLifetime
{
    private const string OwnToken = "canary-receiver-admin-41d";
    private const string GoodToken = "canary-recorder-token-9c2";
    private const string WrongToken = "canary-stale-token-7e7";
    private const string UrlPassword = "canaryurlpass6";
    private const string UrlQuery = "canaryurlquery2";
    private const string WrongPassword = "canary-wrong-db-pass-5";

    private static readonly string[] Canaries =
    [
        OwnToken,
        GoodToken,
        WrongToken,
        UrlPassword,
        UrlQuery,
        WrongPassword,
        PostgresServer.Password,
    ];

    private readonly TemporaryFolder _folder = new();
    private PostgresServer? _postgres;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        _postgres = await PostgresServer.Start();
    }

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task A_receiver_that_logs_all_it_can_says_no_secret_whatever_its_recorders_are_like()
    {
        await using var station = new SocketStation(
            new StationScript { BurstBytes = 65_536 },
            TimeProvider.System,
            TimeSpan.FromSeconds(10)
        );
        using var recording = new TempConfig([new ShowLines("good", station.Address, "copy")], top: "token_profile = 'main'");
        await using var recorder = AudioRelayProcess.Start(
            recording.Home,
            ["record", "-c", recording.File],
            new Dictionary<string, string> { ["CRED_TOKEN_MAIN"] = GoodToken, ["AUDIORELAY_LOG"] = "trace" }
        );
        var address = (await recorder.Line(Listening())).Groups[1].Value;
        await using var parrot = new WebStand(asked =>
            WebAnswer.Json($$"""{"error":"you said {{asked.Header("authorization")}}, {{asked.Target}}"}""", 500)
        );
        var config = Configure(
            ("good", address, "good"),
            ("wrong", address, "wrong"),
            ("parrot", parrot.Address.ToString(), "good"),
            ("away", $"http://someone:{UrlPassword}@127.0.0.1:1/?token={UrlQuery}", "good")
        );
        await using var receiver = AudioRelayProcess.Start(_folder.Path, ["receiver", "-c", config], Secrets(PostgresServer.Password));
        using var client = new HttpClient { BaseAddress = new Uri((await receiver.Line(Listening())).Groups[1].Value) };
        var said = new SaidAnswers(client);
        said.Be(OwnToken);
        await Hears(client, "\"state\":\"(up_to_date|pulling)\"", "does not know the token", "127.0.0.1:1", "you said");
        await Ask(said);
        var doctor = await Run("doctor", "-c", config);
        var tree = await Run("actors", "tree", "--data", _folder.File("data"));
        await recorder.Kill();
        await Hears(client, "\"state\":\"recorder_away\"");
        await Ask(said);
        Assert.Equal(0, await receiver.Terminate());

        // It really logs all it can and all of it was tried: the recorder that repeats was given the token, and what it said was told.
        Assert.Contains("Request starting", receiver.Said, StringComparison.Ordinal);
        Assert.Contains(parrot.Requests, asked => asked.Header("authorization") == "Bearer " + GoodToken);
        Assert.Contains("you said Bearer ***", said.All, StringComparison.Ordinal);
        Assert.Contains("does not know the token", doctor, StringComparison.Ordinal);
        Assert.Contains("receiver ", tree, StringComparison.Ordinal);
        SaysNone(receiver.Said, recorder.Said, said.All, doctor, tree);
    }

    [Fact]
    public async Task A_database_password_that_is_refused_is_told_and_not_repeated()
    {
        var config = Configure(("away", "http://127.0.0.1:1/", "good"));
        var secrets = Secrets(WrongPassword);
        foreach (var arguments in new string[][] { ["receiver", "-c", config, "--sync-only"], ["doctor", "-c", config] })
        {
            var (code, all, _) = await AudioRelayProcess.Run(_folder.Path, arguments, secrets);
            Assert.Equal(1, code);
            Assert.Contains("refuses the user " + PostgresServer.User, all, StringComparison.Ordinal);
            SaysNone(all);
        }
    }

    private static void SaysNone(params string[] texts)
    {
        foreach (var canary in Canaries)
        {
            Assert.All(texts, text => Assert.DoesNotContain(canary, text, StringComparison.Ordinal));
        }
    }

    private static async Task Ask(SaidAnswers said)
    {
        foreach (var token in new[] { null, WrongToken, OwnToken })
        {
            said.Be(token);
            foreach (var path in Paths)
            {
                await said.Get(path);
            }

            await said.Post("/api/session", $$"""{"token":"{{token}}"}""");
            await said.Post("/api/sync", "");
        }
    }

    private static readonly string[] Paths =
    [
        "/",
        "/metrics",
        "/api/health",
        "/api/shows",
        "/api/session",
        "/api/sync/status",
        "/api/bookmarks",
        "/api/nothing",
        "/api/show/good/metadata",
        "/api/show/good/sessions",
        "/api/show/good/timeline?from_ms=x",
        "/show/good/playlist.m3u8?start_id=x",
        "/api/admin/tokens",
        "/api/admin/actors",
        "/api/admin/actors/show?path=/receiver",
        .. new[] { "good", "wrong", "parrot", "away" }.SelectMany(name =>
            new[] { "log", "show" }.Select(verb => $"/api/admin/actors/{verb}?path=/receiver/remotes/{name}")
        ),
        "/api/admin/actors/log?path=/receiver/remotes/good/shows/good",
    ];

    /// <summary>Follows the sync's events until one has said each of these.</summary>
    private static async Task Hears(HttpClient client, params string[] patterns)
    {
        async Task Follow()
        {
            await using var stream = await client.GetStreamAsync("/api/events", TestContext.Current.CancellationToken);
            using var lines = new StreamReader(stream);
            while (await lines.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                if (patterns.All(pattern => Regex.IsMatch(line, pattern)))
                {
                    return;
                }
            }

            throw new EndOfStreamException("The events have ended.");
        }

        await Follow().Patiently(() => $"an event with {string.Join(", ", patterns)}");
    }

    private async Task<string> Run(params string[] arguments) =>
        (await AudioRelayProcess.Run(_folder.Path, arguments, Secrets(PostgresServer.Password))).Said;

    private string Configure(params (string Name, string Url, string Token)[] remotes)
    {
        var file = _folder.File("receiver.toml");
        File.WriteAllText(
            file,
            $"""
            config_type = 'receiver'
            port = 0
            sync_interval_seconds = 1
            data_dir = '{_folder.File("data")}'
            token_profile = 'own'

            {string.Join('\n', remotes.Select(r => $"[[remotes]]\nname = '{r.Name}'\nurl = '{r.Url}'\ntoken_profile = '{r.Token}'"))}

            [database]
            url = '{_postgres!.Url}'
            credential_profile = 'server'
            prefix = 'canary'
            """
        );
        return file;
    }

    private static Dictionary<string, string> Secrets(string password) =>
        new(StringComparer.Ordinal)
        {
            ["CRED_TOKEN_OWN"] = OwnToken,
            ["CRED_TOKEN_GOOD"] = GoodToken,
            ["CRED_TOKEN_WRONG"] = WrongToken,
            ["CRED_POSTGRES_SERVER_PASSWORD"] = password,
            ["AUDIORELAY_LOG"] = "trace",
            ["AUDIORELAY_DEBUG"] = "1",
        };

    [GeneratedRegex("^Listening on (http\\S+)")]
    private static partial Regex Listening();
}
