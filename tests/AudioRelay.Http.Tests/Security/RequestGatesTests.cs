using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AudioRelay.Actors;
using AudioRelay.Http.Security;
using AudioRelay.Http.Shows;
using AudioRelay.Streams.Sync.Feed;
using Microsoft.Extensions.Logging.Abstractions;

namespace AudioRelay.Http.Tests.Security;

/// <summary>What stands between the network and the program, on real sockets.</summary>
public sealed class RequestGatesTests : IAsyncDisposable
{
    private readonly ActorSystem actors = new(TimeProvider.System, new Random(1));
    private RelayServer? server;

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }
        await actors.DisposeAsync();
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("[::1]", true)]
    [InlineData("192.168.1.7", true)]
    [InlineData("radio.example.org", true)]
    [InlineData("rebound.attacker.example", false)]
    [InlineData("localhost.attacker.example", false)]
    [InlineData("radio.example.org.attacker.example", false)]
    public async Task A_name_that_is_not_ours_is_refused_so_that_no_page_can_read_us_under_its_own(string host, bool passes)
    {
        await Start(new() { Port = 0, AllowedHosts = ["radio.example.org"] });

        var answer = await Send(HttpMethod.Get, "/api/mode", ("Host", host));

        Assert.Equal(passes ? HttpStatusCode.OK : HttpStatusCode.MisdirectedRequest, answer);
    }

    [Fact]
    public async Task A_receiver_with_a_token_may_call_us_by_any_name()
    {
        await Start(new() { Port = 0, Tokens = [new("t", AccessScopes.All)] });

        Assert.Equal(HttpStatusCode.OK, await Send(HttpMethod.Get, "/api/mode", ("Host", "recorder.lan"), ("Authorization", "Bearer t")));
        Assert.Equal(
            HttpStatusCode.MisdirectedRequest,
            await Send(HttpMethod.Get, "/api/mode", ("Host", "recorder.lan"), ("Authorization", Basic("t")))
        );
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", false)]
    [InlineData("Sec-Fetch-Site", "same-site", false)]
    [InlineData("Sec-Fetch-Site", "same-origin", true)]
    [InlineData("Origin", "https://attacker.example", false)]
    [InlineData("Origin", "null", false)]
    [InlineData("X-Nothing", "a program sends neither", true)]
    public async Task A_page_of_somebody_else_cannot_change_anything(string header, string value, bool passes)
    {
        await Start(new() { Port = 0, Tokens = [new("t", AccessScopes.All)] });

        var answer = await Send(HttpMethod.Post, "/api/admin/actors/stop?path=/nobody", ("Authorization", Basic("t")), (header, value));

        // Past the gates there is no such actor.
        Assert.Equal(passes ? HttpStatusCode.NotFound : HttpStatusCode.Forbidden, answer);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "10.0.0.1")]
    [InlineData("Forwarded", "for=10.0.0.1")]
    [InlineData("X-Real-IP", "10.0.0.1")]
    public async Task A_forwarding_header_is_refused_unless_its_proxy_is_configured(string header, string value)
    {
        await Start(new() { Port = 0 });
        Assert.Equal(HttpStatusCode.BadRequest, await Send(HttpMethod.Get, "/api/mode", (header, value)));

        await server!.DisposeAsync();
        await Start(new() { Port = 0, TrustedProxies = [IPNetwork.Parse("127.0.0.0/8")] });
        Assert.Equal(HttpStatusCode.OK, await Send(HttpMethod.Get, "/api/mode", (header, value)));
    }

    [Theory]
    [InlineData("/api/mode", AccessScopes.Listen)]
    [InlineData("/api/shows", AccessScopes.Listen)]
    [InlineData("/show/none/metadata", AccessScopes.Listen)]
    [InlineData("/api/sync/shows", AccessScopes.SyncRead)]
    [InlineData("/API/SYNC/shows", AccessScopes.SyncRead)]
    [InlineData("/api/admin/actors", AccessScopes.Admin)]
    public async Task A_token_opens_what_it_is_for_and_nothing_else(string path, AccessScopes needed)
    {
        await Start(new() { Port = 0, Tokens = [new("right", needed), new("wrong", AccessScopes.All & ~needed)] });

        Assert.Equal(HttpStatusCode.Unauthorized, await Send(HttpMethod.Get, path));
        Assert.Equal(HttpStatusCode.Unauthorized, await Send(HttpMethod.Get, path, ("Authorization", "Bearer guess")));
        Assert.Equal(HttpStatusCode.Forbidden, await Send(HttpMethod.Get, path, ("Authorization", "Bearer wrong")));
        var passed = await Send(HttpMethod.Get, path, ("Authorization", "Bearer right"));
        Assert.True(passed is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden), $"{path}: {passed}");
        Assert.Equal(passed, await Send(HttpMethod.Get, path, ("Authorization", Basic("right"))));
    }

    [Fact]
    public async Task Health_is_open_and_the_admin_routes_never_are()
    {
        await Start(new() { Port = 0, Tokens = [new("t", AccessScopes.All)] });
        Assert.Equal(HttpStatusCode.OK, await Send(HttpMethod.Get, "/health"));
        Assert.Equal(HttpStatusCode.OK, await Send(HttpMethod.Get, "/api/health"));

        await server!.DisposeAsync();
        await Start(new() { Port = 0, Anonymous = true });
        Assert.Equal(HttpStatusCode.OK, await Send(HttpMethod.Get, "/api/mode"));
        Assert.Equal(HttpStatusCode.Forbidden, await Send(HttpMethod.Get, "/api/admin/actors"));
    }

    private static string Basic(string token) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("anybody:" + token));

    private async Task Start(RelayServerOptions options) =>
        server = await RelayServer.StartAsync(
            options,
            new ShowCatalog(ShowModes.Record),
            new CommitFeed(),
            TimeProvider.System,
            NullLoggerFactory.Instance,
            actors
        );

    private async Task<HttpStatusCode> Send(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(method, new Uri(server!.Address, path));
        foreach (var (name, value) in headers)
        {
            if (name == "Authorization")
            {
                request.Headers.Authorization = AuthenticationHeaderValue.Parse(value);
            }
            else if (name == "Host")
            {
                request.Headers.Host = value;
            }
            else
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
