using System.Net;
using AudioRelay.Http.Tests.Support;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.Http.Tests.Ui;

public sealed class UiTests : IDisposable
{
    private readonly ShowFile _file = new();
    private readonly TemporaryFolder _folder = new();

    public UiTests()
    {
        Directory.CreateDirectory(_folder.File("assets"));
        File.WriteAllText(_folder.File("index.html"), "<!doctype html><title>AudioRelay</title>");
        File.WriteAllText(_folder.File("assets/index-abc.js"), string.Concat(Enumerable.Repeat("console.log('relay');\n", 100)));
    }

    public void Dispose()
    {
        _file.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_page_runs_our_files_only()
    {
        await using var server = await Server();
        using var response = await server.Client.GetAsync("/");
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        var policy = string.Join("", response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", string.Join("", response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-cache", response.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task Hashed_files_are_kept_for_ever_and_travel_packed()
    {
        await using var server = await Server();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/assets/index-abc.js");
        request.Headers.AcceptEncoding.ParseAdd("gzip");
        using var response = await server.Client.SendAsync(request);
        Assert.Equal("text/javascript", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(["gzip"], response.Content.Headers.ContentEncoding);
        Assert.Contains("immutable", string.Join("", response.Headers.GetValues("Cache-Control")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/assets/../../secret")]
    [InlineData("/assets/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/api/nothing")]
    public async Task What_is_not_there_is_404(string path)
    {
        await using var server = await Server();
        using var response = await server.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("/nothing", "./")]
    [InlineData("/old/place/of/it", "../../../")]
    public async Task Who_typed_a_wrong_address_gets_a_page_that_leads_to_the_shows(string path, string root)
    {
        await using var server = await Server();
        using var response = await Browse(server, path);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains($"<a href=\"{root}\">", page, StringComparison.Ordinal);
        Assert.DoesNotContain("place", page, StringComparison.Ordinal); // nothing of what was asked for is repeated
        Assert.True(response.Headers.Contains("Content-Security-Policy"));
    }

    [Fact]
    public async Task A_browser_that_asks_the_API_for_nothing_gets_what_programs_get()
    {
        await using var server = await Server();
        using var response = await Browse(server, "/api/nothing");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    private static async Task<HttpResponseMessage> Browse(PlaybackServer server, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
        return await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private Task<PlaybackServer> Server() => PlaybackServer.Inspect(_file, options: new PlaybackOptions { UiFolder = _folder.Path });
}
