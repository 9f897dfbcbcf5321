using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using AudioRelay.Http.Shows;
using AudioRelay.Http.Tests.Support;
using AudioRelay.Streams.Export.Files;
using AudioRelay.Streams.Sync.Feed;
using Microsoft.Extensions.Logging.Abstractions;

namespace AudioRelay.Http.Tests.SyncApi;

/// <summary>The recorder's whole HTTP face on a real socket, over files that the test writes.</summary>
public sealed class SyncServer : IAsyncDisposable
{
    private readonly RelayServer _server;

    private SyncServer(RelayServer server, CommitFeed feed)
    {
        (_server, Feed) = (server, feed);
        Client = new HttpClient { BaseAddress = server.Address, Timeout = TimeSpan.FromSeconds(30) };
    }

    public HttpClient Client { get; }

    public CommitFeed Feed { get; }

    public static Task<SyncServer> Start(params ShowFile[] files) => Start(new RelayServerOptions { Port = 0 }, TimeProvider.System, files);

    public static Task<SyncServer> Start(RelayServerOptions options, TimeProvider time, params ShowFile[] files) =>
        Start(options, time, exports: null, files);

    public static async Task<SyncServer> Start(
        RelayServerOptions options,
        TimeProvider time,
        ExportFolder? exports,
        params ShowFile[] files
    )
    {
        var catalog = new ShowCatalog(ShowModes.Record);
        var feed = new CommitFeed();
        foreach (var file in files)
        {
            catalog.Set(new ServedShow(file.Name, file.Reader, Path.GetFileName(file.Store.Path), TargetSeconds: 10));
            var info = await file.Reader.InfoAsync();
            feed.Publish(new ShowPosition(file.Name, info.UniqueId, info.MaxId ?? 0, info.JournalSeq));
        }

        return new SyncServer(
            await RelayServer.StartAsync(options, catalog, feed, time, NullLoggerFactory.Instance, exports: exports),
            feed
        );
    }

    /// <summary>The answer's bytes and type; fails on any status but 200.</summary>
    public async Task<(byte[] Bytes, string? Type)> Bytes(string path, string? accept = null)
    {
        using var response = await Get(path, accept);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadAsByteArrayAsync(), response.Content.Headers.ContentType?.ToString());
    }

    /// <summary>The JSON of an answer that must be 200.</summary>
    public async Task<JsonElement> Json(string path, string? accept = null)
    {
        var (bytes, type) = await Bytes(path, accept);
        Assert.StartsWith("application/json", type, StringComparison.Ordinal);
        return JsonDocument.Parse(bytes).RootElement;
    }

    /// <summary>A refusal: its status, and that it is problem+json that carries <c>error</c>.</summary>
    public async Task<(HttpStatusCode Status, string Error)> Refusal(string path)
    {
        using var response = await Get(path, accept: null);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal((int)response.StatusCode, json.GetProperty("status").GetInt32());
        return (response.StatusCode, json.GetProperty("error").GetString()!);
    }

    public async Task<HttpResponseMessage> Get(string path, string? accept, AuthenticationHeaderValue? authorization = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = authorization;
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        return await Client.SendAsync(request);
    }

    /// <summary>What a recorder does before it stops.</summary>
    public Task LetPull(params ShowPosition[] news) => _server.LetPullAsync(news, TimeSpan.FromSeconds(3));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
    }
}
