using System.Net;
using System.Text.Json;
using AudioRelay.Http.Shows;
using AudioRelay.Streams.Sync.Feed;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace AudioRelay.Http.Tests.Support;

/// <summary>Playback on a real socket.</summary>
public sealed class PlaybackServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PlaybackServer(WebApplication app, CommitFeed feed)
    {
        (_app, Feed) = (app, feed);
        Client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None })
        {
            BaseAddress = new Uri(app.Urls.First()),
            Timeout = TimeSpan.FromSeconds(30),
        };
    }

    public HttpClient Client { get; }

    public CommitFeed Feed { get; }

    public static Task<PlaybackServer> Inspect(ShowFile file, TimeProvider? time = null, PlaybackOptions? options = null) =>
        Start(new SingleShowCatalog(new ServedShow(file.Name, file.Reader, null)), time, options);

    public static Task<PlaybackServer> Record(ShowFile file, int? targetSeconds = null, TimeProvider? time = null)
    {
        var catalog = new ShowCatalog(ShowModes.Record);
        catalog.Set(new ServedShow(file.Name, file.Reader, null, targetSeconds));
        return Start(catalog, time);
    }

    public static async Task<PlaybackServer> Start(IShowCatalog catalog, TimeProvider? time = null, PlaybackOptions? options = null)
    {
        // Nothing but what playback itself asks for: no files of settings, no logging.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var feed = new CommitFeed();
        builder.Services.AddSingleton(feed);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddPlayback(catalog, options);
        var app = builder.Build();
        app.MapPlayback();
        app.MapUi();
        await app.StartAsync();
        return new PlaybackServer(app, feed);
    }

    /// <summary>The JSON of an answer, whatever its status.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Json)> Json(string path)
    {
        using var response = await Client.GetAsync(path);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, JsonDocument.Parse(text).RootElement);
    }

    public async Task<string> Text(string path)
    {
        using var response = await Client.GetAsync(path);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {text}");
        return text;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
