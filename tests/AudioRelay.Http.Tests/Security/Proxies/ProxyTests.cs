using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AudioRelay.Http.Shows;
using AudioRelay.Http.Tests.Support;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.Http.Tests.Security.Proxies;

/// <summary>Behind a proxy, at its root and below a path of it, on real sockets.</summary>
public sealed class ProxyTests : IDisposable
{
    private readonly TemporaryFolder _ui = new();

    public ProxyTests() => File.WriteAllText(_ui.File("index.html"), "<!doctype html><title>AudioRelay</title>");

    public void Dispose() => _ui.Dispose();

    [Theory]
    [InlineData(PrefixStyle.Told)]
    [InlineData(PrefixStyle.ToldAndLeft)]
    [InlineData(PrefixStyle.TakenOffInSilence)]
    public async Task Everything_works_below_a_path_of_a_proxy(PrefixStyle style)
    {
        await using var server = await Start();
        await using var proxy = await SmallProxy.Start(server.Server.Address, "/radio/two", style);
        using var browser = proxy.Client();

        Assert.Contains(
            "<title>",
            await browser.GetStringAsync("/radio/two/", TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        using var signIn = await SignIn(browser);
        Assert.Equal(HttpStatusCode.OK, signIn.StatusCode);
        browser.DefaultRequestHeaders.Add("Cookie", Assert.Single(signIn.Headers.GetValues("Set-Cookie")).Split(';')[0]);
        using var link = await browser.PostAsync("/radio/two/api/show/news/link", null, TestContext.Current.CancellationToken);
        var prefix = (await link.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken))
            .GetProperty("url_prefix")
            .GetString()!;

        using var player = proxy.Client();
        var playlist = new Uri(new Uri(proxy.Address, "/radio/two/"), prefix + "opus-playlist.m3u8");
        var lines = await player.GetStringAsync(playlist, TestContext.Current.CancellationToken);
        var segment = new Uri(playlist, lines.Split('\n').Last(line => line.Length > 0 && line[0] != '#'));
        Assert.Equal(HttpStatusCode.OK, (await player.GetAsync(segment, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task The_cookie_is_for_the_proxys_path_and_for_https_when_the_proxy_has_that()
    {
        await using var server = await Start();
        await using var proxy = await SmallProxy.Start(server.Server.Address, "/radio", PrefixStyle.Told);
        using var browser = proxy.Client();

        using var answer = await SignIn(browser, "/radio");

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("; path=/radio;", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("max-age=31536000", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_the_proxys_own_origin_may_change_things_and_another_may_not()
    {
        await using var server = await Start();
        await using var proxy = await SmallProxy.Start(server.Server.Address, "/radio", PrefixStyle.Told);
        using var own = proxy.Client();
        own.DefaultRequestHeaders.Add("Origin", "https://radio.example.org");
        using var foreign = proxy.Client();
        foreign.DefaultRequestHeaders.Add("Origin", $"http://127.0.0.1:{server.Server.Address.Port}");

        using var allowed = await SignIn(own, "/radio");
        using var refused = await SignIn(foreign, "/radio");

        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task The_pages_address_without_its_last_slash_leads_to_the_one_with_it()
    {
        await using var server = await Start();
        await using var proxy = await SmallProxy.Start(server.Server.Address, "/radio", PrefixStyle.ToldAndLeft);
        using var browser = proxy.Client();

        using var answer = await browser.GetAsync("/radio?show=news", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.TemporaryRedirect, answer.StatusCode);
        Assert.Equal("/radio/?show=news", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Wrong_tokens_are_counted_for_who_stands_behind_the_proxy()
    {
        await using var server = await Start();
        await using var proxy = await SmallProxy.Start(server.Server.Address, "/radio", PrefixStyle.Told);
        using var guesser = proxy.Client();
        guesser.DefaultRequestHeaders.Add("X-Test-From", "203.0.113.7");
        using var neighbour = proxy.Client();
        neighbour.DefaultRequestHeaders.Add("X-Test-From", "203.0.113.8");
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await SignIn(guesser, "/radio", "guess")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await SignIn(guesser, "/radio")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SignIn(neighbour, "/radio")).StatusCode);
    }

    [Theory]
    [InlineData("X-Forwarded-Prefix", "/radio")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("X-Forwarded-Host", "radio.example.org")]
    public async Task Who_is_no_trusted_proxy_may_not_speak_like_one(string header, string value)
    {
        await using var server = await Start(trusted: "10.0.0.0/8");
        using var client = server.Client(GuardedServer.Everything);
        client.DefaultRequestHeaders.Add(header, value);

        using var answer = await client.GetAsync("/api/shows", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("radio")]
    [InlineData("//attacker.example")]
    [InlineData("/a/../b")]
    [InlineData("/a;path=/")]
    [InlineData("/a, /b")]
    [InlineData("/<script>")]
    public async Task A_prefix_that_is_no_plain_path_is_refused(string prefix)
    {
        await using var server = await Start();
        using var client = server.Client(GuardedServer.Everything);
        client.DefaultRequestHeaders.TryAddWithoutValidation("X-Forwarded-Prefix", prefix);

        using var answer = await client.GetAsync("/api/shows", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private Task<GuardedServer> Start(string trusted = "127.0.0.0/8") =>
        GuardedServer.Start(
            ShowModes.Record,
            new RelayServerOptions
            {
                Port = 0,
                Tokens = GuardedServer.Tokens,
                TrustedProxies = [IPNetwork.Parse(trusted)],
                AllowedHosts = [SmallProxy.Host],
                UiFolder = _ui.Path,
            }
        );

    private static async Task<HttpResponseMessage> SignIn(
        HttpClient client,
        string prefix = "/radio/two",
        string token = GuardedServer.Listener
    ) => await client.PostAsJsonAsync(prefix + "/api/session", new { token }, TestContext.Current.CancellationToken);
}
