using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AudioRelay.Http.Security.Links;
using AudioRelay.Http.Shows;
using AudioRelay.Http.Tests.Support;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Http.Tests.Security.Links;

/// <summary>Links for players that cannot send headers (S2).</summary>
public sealed class LinkTests
{
    private readonly ManualTime _time = new();

    [Theory]
    [InlineData(ShowModes.Record)]
    [InlineData(ShowModes.Receiver)]
    [InlineData(ShowModes.Inspect)]
    public async Task A_player_follows_a_playlist_and_its_relative_addresses_by_the_link_alone(string mode)
    {
        await using var server = await Start(mode);
        var link = await Link(server, mode == ShowModes.Inspect ? "/api/link" : "/api/show/news/link");
        using var player = server.Client();

        var playlist = new Uri(server.Server.Address, link + "opus-playlist.m3u8");
        var text = await player.GetStringAsync(playlist, TestContext.Current.CancellationToken);
        var parts = text.Split('\n').Where(line => line.Length > 0 && line[0] != '#').ToList();

        Assert.NotEmpty(parts);
        foreach (var part in parts)
        {
            using var answer = await player.GetAsync(new Uri(playlist, part), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_link_that_was_stolen_opens_nothing_after_its_time()
    {
        await using var server = await Start();
        var link = await Link(server, "/api/show/news/link");
        using var thief = server.Client();

        _time.Advance(PathLinks.Lasts - TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.OK, await Status(thief, link + "metadata"));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.Forbidden, await Status(thief, link + "metadata"));
    }

    [Theory]
    [InlineData("/show/news2/metadata")] // begins alike
    [InlineData("/show/news/../news2/metadata")]
    [InlineData("/show/news/%2e%2e/news2/metadata")]
    [InlineData("/show/news")]
    [InlineData("/shows")]
    [InlineData("/api/shows")]
    [InlineData("/api/sync/shows")]
    [InlineData("/api/admin/actors")]
    [InlineData("/api/session")]
    [InlineData("/health")]
    [InlineData("/")]
    [InlineData("")]
    public async Task A_link_opens_nothing_but_what_is_below_its_prefix(string path)
    {
        await using var server = await Start();
        var token = Token(await Link(server, "/api/show/news/link"));
        using var player = server.Client();

        Assert.Equal(HttpStatusCode.OK, await Status(player, $"/t/{token}/api/show/news/metadata"));
        Assert.Equal(HttpStatusCode.Forbidden, await Status(player, $"/t/{token}{path}"));
    }

    [Fact]
    public async Task A_link_only_reads_so_it_cannot_make_itself_last_longer()
    {
        await using var server = await Start();
        var token = Token(await Link(server, "/api/show/news/link"));
        using var player = server.Client();

        using var answer = await player.PostAsync($"/t/{token}/api/show/news/link", null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_link_that_was_changed_anywhere_opens_nothing()
    {
        await using var server = await Start();
        var token = Token(await Link(server, "/api/show/news/link"));
        using var player = server.Client();
        for (var i = 0; i < token.Length - 1; i += 3)
        {
            var forged = token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..];
            Assert.Equal(HttpStatusCode.Forbidden, await Status(player, $"/t/{forged}/show/news/metadata"));
        }
    }

    [Fact]
    public async Task A_sign_in_is_no_link_and_a_link_is_no_sign_in()
    {
        await using var server = await Start();
        using var client = server.Client(GuardedServer.Listener);
        using var signedIn = await client.PostAsJsonAsync(
            "/api/session",
            new { token = GuardedServer.Listener },
            TestContext.Current.CancellationToken
        );
        var cookie = Assert.Single(signedIn.Headers.GetValues("Set-Cookie")).Split(';')[0].Split('=');
        var token = Token(await Link(server, "/api/show/news/link"));
        using var stranger = server.Client();

        Assert.Equal(HttpStatusCode.Forbidden, await Status(stranger, $"/t/{cookie[1]}/show/news/metadata"));
        stranger.DefaultRequestHeaders.Add("Cookie", $"{cookie[0]}={token}");
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(stranger, "/show/news/metadata"));
    }

    [Fact]
    public async Task A_link_needs_somebody_who_may_listen_and_a_show_that_is_here()
    {
        await using var server = await Start();
        using var stranger = server.Client();
        using var known = server.Client(GuardedServer.Listener);

        using var refused = await stranger.PostAsync("/api/show/news/link", null, TestContext.Current.CancellationToken);
        using var missing = await known.PostAsync("/api/show/nothing/link", null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task Neither_log_nor_answer_repeats_a_link()
    {
        var logs = new LinesLogged();
        await using var server = await Start(logs: logs);
        var token = Token(await Link(server, "/api/show/news/link"));
        using var player = server.Client();

        foreach (var path in new[] { "/show/news/nothing", "/show/news/opus-playlist.m3u8?start_id=x", "/show/news2/metadata" })
        {
            using var answer = await player.GetAsync($"/t/{token}{path}", TestContext.Current.CancellationToken);
            Assert.False(answer.IsSuccessStatusCode);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.DoesNotContain(token, text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(logs.Lines, line => line.Contains(token, StringComparison.Ordinal));
    }

    private Task<GuardedServer> Start(string mode = ShowModes.Record, LinesLogged? logs = null) =>
        GuardedServer.Start(mode, new RelayServerOptions { Port = 0, Tokens = GuardedServer.Tokens }, _time, logs);

    private static async Task<string> Link(GuardedServer server, string path)
    {
        using var client = server.Client(GuardedServer.Listener);
        using var answer = await client.PostAsync(path, null, TestContext.Current.CancellationToken);
        var made = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return made.GetProperty("url_prefix").GetString()!;
    }

    private static string Token(string link) => link.Split('/')[1];

    private static async Task<HttpStatusCode> Status(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
