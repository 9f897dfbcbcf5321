using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AudioRelay.Http.Security;
using AudioRelay.Http.Tests.Support;

namespace AudioRelay.Http.Tests.SyncApi;

/// <summary>With a token configured nobody pulls without it.</summary>
public sealed class SyncTokenTests
{
    private const string Token = "correct horse battery";

    [Fact]
    public async Task Only_who_knows_the_token_gets_in()
    {
        using var file = new ShowFile(name: "news").Open(SyncedShow.First).Add(1, 96_000);
        await using var server = await SyncServer.Start(
            new RelayServerOptions { Port = 0, Tokens = [new(Token, AccessScopes.All)] },
            TimeProvider.System,
            file
        );
        Assert.Equal(HttpStatusCode.OK, await Status(server, new AuthenticationHeaderValue("Bearer", Token)));
        Assert.Equal(HttpStatusCode.OK, await Status(server, Basic("anybody:" + Token)));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(server, new AuthenticationHeaderValue("Bearer", Token + "!")));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(server, new AuthenticationHeaderValue("Bearer", "")));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(server, Basic(Token + ":")));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(server, new AuthenticationHeaderValue("Basic", "%%%")));
    }

    [Fact]
    public async Task Without_one_the_answer_says_how_to_send_it_and_health_stays_open()
    {
        using var file = new ShowFile(name: "news").Open(SyncedShow.First).Add(1, 96_000);
        await using var server = await SyncServer.Start(
            new RelayServerOptions { Port = 0, Tokens = [new(Token, AccessScopes.All)] },
            TimeProvider.System,
            file
        );
        foreach (var path in new[] { "shows", "shows/news/metadata", "shows/news/segments?start_id=1&end_id=2", "events" })
        {
            using var response = await server.Get("/api/sync/" + path, accept: null);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Contains(response.Headers.WwwAuthenticate, h => h.Scheme == "Bearer");
        }

        using var health = await server.Get("/health", accept: null);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    private static AuthenticationHeaderValue Basic(string pair) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));

    private static async Task<HttpStatusCode> Status(SyncServer server, AuthenticationHeaderValue authorization)
    {
        using var response = await server.Get("/api/sync/shows", accept: null, authorization);
        return response.StatusCode;
    }
}
