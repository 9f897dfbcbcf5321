using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AudioRelay.Http.Security;
using AudioRelay.Http.Shows;
using AudioRelay.Http.Tests.Support;
using AudioRelay.TestKit.Time;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.Http.Tests.Security.SignIn;

/// <summary>The web UI exchanges a token for a cookie (S2, S3, S5's throttle, S6).</summary>
public sealed class SessionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_token_becomes_a_cookie_that_opens_what_the_token_opens_and_nothing_else()
    {
        await using var server = await Start();
        using var browser = server.Client(cookies: new CookieContainer());

        var answer = await SignIn(browser, GuardedServer.Listener);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await Status(browser, "/api/shows"));
        Assert.Equal(HttpStatusCode.Forbidden, await Status(browser, "/api/sync/shows"));
        Assert.Equal(HttpStatusCode.Forbidden, await Status(browser, "/api/admin/actors"));
        var session = await browser.GetFromJsonAsync<JsonElement>("/api/session", TestContext.Current.CancellationToken);
        Assert.True(session.GetProperty("signed_in").GetBoolean());
        Assert.Equal("ears", session.GetProperty("name").GetString());
        Assert.Equal(["listen"], session.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()));
    }

    [Fact]
    public async Task No_script_reads_the_cookie_no_other_site_sends_it_and_it_does_not_hold_the_token()
    {
        await using var server = await Start();
        using var client = server.Client();

        var cookie = Assert.Single((await SignIn(client, GuardedServer.Listener)).Headers.GetValues("Set-Cookie"));

        Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; path=/;", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; max-age=2592000", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("; secure", cookie, StringComparison.OrdinalIgnoreCase); // plain HTTP: it would never come back
        Assert.DoesNotContain(GuardedServer.Listener, Uri.UnescapeDataString(cookie), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sign_in_lasts_thirty_days_after_the_last_visit()
    {
        await using var server = await Start();
        using var browser = server.Client();
        var cookie = Cookie(await SignIn(browser, GuardedServer.Listener));

        _time.Advance(TimeSpan.FromDays(29));
        using var visit = await Send(browser, HttpMethod.Get, "/api/session", cookie);
        var renewed = Cookie(visit);
        _time.Advance(TimeSpan.FromDays(2));

        Assert.Equal(HttpStatusCode.Unauthorized, (await Send(browser, HttpMethod.Get, "/api/shows", cookie)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Send(browser, HttpMethod.Get, "/api/shows", renewed)).StatusCode);
    }

    [Fact]
    public async Task Signing_out_ends_the_cookie_also_where_somebody_has_copied_it()
    {
        await using var server = await Start();
        using var browser = server.Client();
        var cookie = Cookie(await SignIn(browser, GuardedServer.Listener));

        using var left = await Send(browser, HttpMethod.Delete, "/api/session", cookie);

        Assert.Contains(
            "expires=Thu, 01 Jan 1970",
            Assert.Single(left.Headers.GetValues("Set-Cookie")),
            StringComparison.OrdinalIgnoreCase
        );
        Assert.Equal(HttpStatusCode.Unauthorized, (await Send(browser, HttpMethod.Get, "/api/shows", cookie)).StatusCode);
    }

    [Fact]
    public async Task A_cookie_outlives_a_restart_and_opens_nothing_once_its_token_is_gone()
    {
        var port = 0;
        string cookie;
        await using (var server = await Start())
        {
            port = server.Server.Address.Port;
            using var browser = server.Client();
            cookie = Cookie(await SignIn(browser, GuardedServer.Listener)).Replace($"_{port}=", "_PORT=", StringComparison.Ordinal);
        }

        await using (var again = await Start())
        {
            using var browser = again.Client();
            Assert.Equal(HttpStatusCode.OK, (await Send(browser, HttpMethod.Get, "/api/shows", OnPort(cookie, again))).StatusCode);
        }

        await using var without = await Start([new TokenGrant(GuardedServer.Everything, AccessScopes.All)]);
        using var late = without.Client();
        Assert.Equal(HttpStatusCode.Unauthorized, (await Send(late, HttpMethod.Get, "/api/shows", OnPort(cookie, without))).StatusCode);
    }

    [Fact]
    public async Task A_cookie_that_was_changed_anywhere_opens_nothing()
    {
        await using var server = await Start();
        using var browser = server.Client();
        var cookie = Cookie(await SignIn(browser, GuardedServer.Listener));
        var value = cookie.IndexOf('=', StringComparison.Ordinal) + 1;
        // The last digit of Base64 has bits that count for nothing.
        for (var i = value; i < cookie.Length - 1; i += 3)
        {
            var forged = cookie[..i] + (cookie[i] == 'A' ? 'B' : 'A') + cookie[(i + 1)..];
            using var answer = await Send(browser, HttpMethod.Get, "/api/shows", forged);
            Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, forged);
        }
    }

    [Fact]
    public async Task Five_wrong_tokens_a_minute_are_heard_and_all_get_the_same_words()
    {
        var logs = new LinesLogged();
        await using var server = await Start(logs: logs);
        using var client = server.Client();
        var words = new HashSet<string>();
        foreach (var wrong in new[] { "guess", "", "the token for listenin", new string('x', 5000), "\u0000" })
        {
            using var answer = await SignIn(client, wrong);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
            words.Add(problem.GetProperty("error").GetString()!);
        }

        using var sixth = await SignIn(client, GuardedServer.Listener);
        Assert.Equal(HttpStatusCode.TooManyRequests, sixth.StatusCode);
        Assert.Equal("12", Assert.Single(sixth.Headers.GetValues("Retry-After")));
        Assert.Single(words);
        Assert.Equal(5, logs.Lines.Count(line => line == "sign-in refused from 127.0.0.1"));

        _time.Advance(TimeSpan.FromSeconds(12));
        using var later = await SignIn(client, GuardedServer.Listener);
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Fact]
    public async Task Who_knows_the_token_may_sign_in_as_often_as_he_likes()
    {
        await using var server = await Start();
        using var client = server.Client();
        for (var i = 0; i < 20; i++)
        {
            using var answer = await SignIn(client, GuardedServer.Listener);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Where_no_token_is_asked_for_the_session_says_so()
    {
        await using var server = await Start([]);
        using var client = server.Client();

        var session = await client.GetFromJsonAsync<JsonElement>("/api/session", TestContext.Current.CancellationToken);

        Assert.False(session.GetProperty("token_needed").GetBoolean());
        Assert.False(session.GetProperty("signed_in").GetBoolean());
        Assert.Contains("listen", session.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()));
        Assert.DoesNotContain("admin", session.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()));
    }

    [Fact]
    public async Task A_wrong_token_is_not_mended_by_a_cookie()
    {
        await using var server = await Start();
        using var client = server.Client();
        var cookie = Cookie(await SignIn(client, GuardedServer.Listener));
        client.DefaultRequestHeaders.Authorization = new("Bearer", "guess");

        using var answer = await Send(client, HttpMethod.Get, "/api/shows", cookie);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private Task<GuardedServer> Start(IReadOnlyList<TokenGrant>? tokens = null, LinesLogged? logs = null) =>
        GuardedServer.Start(
            ShowModes.Record,
            new RelayServerOptions
            {
                Port = 0,
                Tokens = tokens ?? GuardedServer.Tokens,
                KeyFolder = _folder.File("keys"),
            },
            _time,
            logs
        );

    private static Task<HttpResponseMessage> SignIn(HttpClient client, string token) =>
        client.PostAsJsonAsync("/api/session", new { token }, TestContext.Current.CancellationToken);

    private static string Cookie(HttpResponseMessage answer) => Assert.Single(answer.Headers.GetValues("Set-Cookie")).Split(';')[0];

    private static string OnPort(string cookie, GuardedServer server) =>
        cookie.Replace("_PORT=", $"_{server.Server.Address.Port}=", StringComparison.Ordinal);

    private static async Task<HttpResponseMessage> Send(HttpClient client, HttpMethod method, string path, string cookie)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Cookie", cookie);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<HttpStatusCode> Status(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
