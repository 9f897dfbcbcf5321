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

    private Task<PlaybackServer> Server() => PlaybackServer.Inspect(_file, options: new PlaybackOptions { UiFolder = _folder.Path });
}
