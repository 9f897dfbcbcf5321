using System.Net;
using AudioRelay.Http.Shows;
using AudioRelay.Http.Tests.Support;

namespace AudioRelay.Http.Tests.Security;

/// <summary>What every answer of every route says to browsers (S18), and to pages of others (S6, S7).</summary>
public sealed class EveryAnswerTests
{
    public static TheoryData<string> Modes => [ShowModes.Record, ShowModes.Receiver, ShowModes.Inspect];

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Every_answer_keeps_browsers_from_running_framing_guessing_and_telling(string mode)
    {
        await using var server = await GuardedServer.Start(mode);
        foreach (var token in new[] { null, GuardedServer.Everything })
        {
            using var client = server.Client(token);
            foreach (var (method, path) in server.Requests())
            {
                using var request = new HttpRequestMessage(method, path);
                using var answer = await Ask(client, request);
                var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
                Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
                Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
                Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
                Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
                Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
                Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Resource-Policy")));
                Assert.False(answer.Headers.Contains("Server"));
            }
        }
    }

    /// <summary>Shows, titles, bookmarks, sound: what one who has a token is told, no cache that others use may keep.</summary>
    [Theory]
    [MemberData(nameof(Modes))]
    public async Task No_answer_of_any_route_may_be_kept_for_somebody_else(string mode)
    {
        await using var server = await GuardedServer.Start(mode);
        var (asked, told) = (0, 0);
        foreach (var token in new[] { null, GuardedServer.Everything })
        {
            using var client = server.Client(token);
            foreach (var (method, path) in server.Requests())
            {
                using var request = new HttpRequestMessage(method, path);
                using var answer = await Ask(client, request);
                asked++;
                told += answer.IsSuccessStatusCode ? 1 : 0;
                var cache = answer.Headers.CacheControl;
                // The program of the page is the same for everybody and has nothing of anybody in it.
                var isPage = answer.IsSuccessStatusCode && answer.Content.Headers.ContentType?.MediaType == "text/html";
                Assert.True(
                    isPage || (cache is not null && (cache.Private || cache.NoStore) && !cache.Public),
                    $"{method} {path}: {(int)answer.StatusCode} {cache}"
                );
                Assert.True(answer.IsSuccessStatusCode || cache is { MaxAge: null }, $"{method} {path}: {(int)answer.StatusCode} {cache}");
            }
        }

        Assert.InRange(told, 10, asked);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task No_page_of_another_origin_may_read_any_answer(string mode)
    {
        await using var server = await GuardedServer.Start(mode);
        using var client = server.Client(GuardedServer.Everything);
        client.DefaultRequestHeaders.Add("Origin", "https://attacker.example");
        foreach (var (method, path) in server.Requests())
        {
            using var preflight = new HttpRequestMessage(HttpMethod.Options, path);
            preflight.Headers.Add("Access-Control-Request-Method", method.Method);
            using var allowed = await Ask(client, preflight);
            using var request = new HttpRequestMessage(method, path);
            using var answer = await Ask(client, request);
            Assert.DoesNotContain(
                allowed.Headers.Concat(answer.Headers),
                header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase)
            );
        }
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task No_page_of_somebody_else_changes_anything_by_any_route(string mode)
    {
        await using var server = await GuardedServer.Start(mode);
        using var client = server.Client(GuardedServer.Everything);
        var asked = 0;
        foreach (
            var (method, path) in server.Requests().Where(request => request.Method != HttpMethod.Get && request.Method != HttpMethod.Head)
        )
        {
            foreach (
                var (name, value) in new[]
                {
                    ("Sec-Fetch-Site", "cross-site"),
                    ("Sec-Fetch-Site", "same-site"),
                    ("Origin", "https://attacker.example"),
                    ("Origin", "null"),
                }
            )
            {
                using var request = new HttpRequestMessage(method, path);
                request.Headers.Add(name, value);
                using var answer = await Ask(client, request);
                Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{method} {path} with {name}: {value}: {answer.StatusCode}");
                asked++;
            }
        }

        Assert.True(asked >= 4 * 4, $"only {asked} requests were made"); // session twice, link, actors
    }

    [Fact]
    public async Task No_route_both_reads_and_changes()
    {
        foreach (var mode in new[] { ShowModes.Record, ShowModes.Receiver, ShowModes.Inspect })
        {
            await using var server = await GuardedServer.Start(mode);
            Assert.DoesNotContain(
                server.Routes,
                route =>
                    GuardedServer.Methods(route) is var methods && methods.Contains("GET") && methods.Any(m => m is not ("GET" or "HEAD"))
            );
        }
    }

    private static Task<HttpResponseMessage> Ask(HttpClient client, HttpRequestMessage request) =>
        client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
}
