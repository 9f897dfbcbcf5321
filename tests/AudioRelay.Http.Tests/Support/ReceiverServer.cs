using System.Net.Http.Json;
using System.Text.Json;
using AudioRelay.Http.Receiver;
using AudioRelay.Http.Shows;
using AudioRelay.Streams.Receiver;
using AudioRelay.Streams.Receiver.Status;
using AudioRelay.Streams.Sync.Feed;
using AudioRelay.TestKit.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace AudioRelay.Http.Tests.Support;

/// <summary>The whole HTTP face of a receiver on a real socket, over shows and a board that the test moves.</summary>
public sealed class ReceiverServer : IAsyncDisposable
{
    private readonly RelayServer _server;

    private ReceiverServer(RelayServer server, SyncBoard board, MemoryControlStore control, CommitFeed feed)
    {
        (_server, Board, Control, Feed) = (server, board, control, feed);
        Client = new HttpClient { BaseAddress = server.Address, Timeout = TimeSpan.FromSeconds(30) };
    }

    public HttpClient Client { get; }

    public SyncBoard Board { get; }

    public MemoryControlStore Control { get; }

    public CommitFeed Feed { get; }

    /// <summary>What <c>POST /api/sync</c> is answered.</summary>
    public bool SyncStarts { get; set; } = true;

    public static async Task<ReceiverServer> Start(IReadOnlyList<ReceivingShow> shows, TimeProvider? time = null)
    {
        var (board, control, feed) = (new SyncBoard(), new MemoryControlStore(), new CommitFeed());
        ReceiverServer? started = null;
        var server = await RelayServer.StartAsync(
            new RelayServerOptions { Port = 0 },
            new ReceiverCatalog(() => shows),
            feed,
            time ?? new ManualTime(),
            NullLoggerFactory.Instance,
            receiver: new ReceiverFace(board, () => started!.SyncStarts, control)
        );
        return started = new ReceiverServer(server, board, control, feed);
    }

    public async Task<JsonElement> Json(string path, int status = 200)
    {
        using var response = await Client.GetAsync(path);
        return await Read(response, status);
    }

    public async Task<JsonElement> Send(HttpMethod method, string path, object? body, int status)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await Client.SendAsync(request);
        return await Read(response, status);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
    }

    private static async Task<JsonElement> Read(HttpResponseMessage response, int status)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode} {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }
}
