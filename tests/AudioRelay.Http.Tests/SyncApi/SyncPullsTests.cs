using AudioRelay.Http.Tests.Support;
using AudioRelay.Streams.Sync.Feed;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Http.Tests.SyncApi;

/// <summary>How long a recorder that stops waits for its receivers.</summary>
public sealed class SyncPullsTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly ShowFile _file = new ShowFile(name: "news").Open(SyncedShow.First).Add(2, 96_000).Close();
    private SyncServer _server = null!;
    private ShowPosition _end = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await SyncServer.Start(new RelayServerOptions { Port = 0 }, _time, _file);
        _end = _server.Feed.Latest("news")!;
    }

    [Fact]
    public async Task It_waits_for_nobody_when_nobody_follows()
    {
        await _server.Json("/api/sync/shows/news/metadata");
        Assert.True(_server.LetPull(_end).IsCompleted);
    }

    [Fact]
    public async Task It_does_not_wait_for_one_who_follows_and_pulls_another_show_or_none()
    {
        using var following = await Follow();
        Assert.True(_server.LetPull(_end).IsCompleted);
    }

    [Fact]
    public async Task It_waits_until_one_who_follows_and_pulls_has_the_last_segment_and_the_last_word()
    {
        using var following = await Follow();
        await _server.Bytes("/api/sync/shows/news/segments?start_id=1&end_id=1");
        var waiting = _server.LetPull(_end);
        Assert.False(waiting.IsCompleted);
        await _server.Bytes("/api/sync/shows/news/segments?start_id=2&end_id=2");
        Assert.False(waiting.IsCompleted);
        await _server.Json("/api/sync/shows/news/journal?after=1");
        await waiting.Guarded("the wait to end");
    }

    [Fact]
    public async Task It_does_not_wait_for_one_who_leaves()
    {
        var following = await Follow();
        await _server.Json("/api/sync/shows/news/metadata");
        var waiting = _server.LetPull(_end);
        Assert.False(waiting.IsCompleted);
        following.Dispose();
        await waiting.Guarded("the wait to end");
    }

    [Fact]
    public async Task It_waits_no_longer_than_it_may_for_one_who_is_stuck()
    {
        using var following = await Follow();
        await _server.Json("/api/sync/shows/news/metadata");
        var waiting = _server.LetPull(_end);
        _time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        await waiting.Guarded("the wait to end");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _file.Dispose();
    }

    private async Task<Stream> Follow()
    {
        var stream = await _server.Client.GetStreamAsync("/api/sync/events");
        using var reader = new StreamReader(stream, leaveOpen: true);
        while (await reader.ReadLineAsync() is { } line && !line.StartsWith("data:", StringComparison.Ordinal))
        {
            // The greeting.
        }

        return stream;
    }
}
