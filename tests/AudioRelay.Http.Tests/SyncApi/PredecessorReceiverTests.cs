using System.Net;
using AudioRelay.Http.Tests.Support;
using AudioRelay.Storage;
using AudioRelay.TestKit.Predecessor;

namespace AudioRelay.Http.Tests.SyncApi;

/// <summary>The predecessor's receiver, as relay.md §4.2, §4.3 and §4.7 describe it, pulls from our recorder's real server.</summary>
public sealed class PredecessorReceiverTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, 100)]
    [InlineData(false, 100)]
    [InlineData(true, 3)]
    [InlineData(true, 1)]
    public async Task It_gets_every_segment_and_section_once_and_then_what_is_new(bool head, int chunk)
    {
        using var news = new ShowFile(name: "news").Open(SyncedShow.First).Add(10, 96_000).Close().Open(SyncedShow.Second).Add(10, 96_000);
        using var talk = new ShowFile("aac", name: "talk").Open(SyncedShow.First).Add(2, 32_000, first => ShowFile.Adts(first, 31, 16_000));
        using var silent = new ShowFile(name: "silent");
        await using var server = await SyncServer.Start(news, silent, talk);
        var receiver = new LiteralReceiver(server.Client, chunk);
        await receiver.SyncAsync(null, null, head, Token);
        Assert.Equal(["news", "talk"], receiver.Kept.Keys.Order());
        await Same(news, receiver.Kept["news"]);
        await Same(talk, receiver.Kept["talk"]);

        await receiver.SyncAsync(["talk", "news"], null, head, Token);
        Assert.Equal(20, receiver.Kept["news"].Segments.Count);
        news.Add(1, 96_000);
        await receiver.SyncAsync(["news"], null, head, Token);
        Assert.Equal(21, receiver.Kept["news"].Checkpoint);
        await Same(news, receiver.Kept["news"]);
    }

    [Fact]
    public async Task A_filter_names_what_is_missing()
    {
        using var news = new ShowFile(name: "news").Open(SyncedShow.First).Add(1, 96_000);
        await using var server = await SyncServer.Start(news);
        var receiver = new LiteralReceiver(server.Client);
        var error = await Assert.ThrowsAsync<LiteralException>(() => receiver.SyncAsync(["news", "x", "y"], null, true, Token));
        Assert.Equal("shows not found: x, y", error.Message);
    }

    [Theory]
    [InlineData(SyncedShow.First - 1, 20)]
    [InlineData(SyncedShow.First + 16_000, 12)] // cuts through a section that it has never seen (B15)
    [InlineData(SyncedShow.Second, 10)]
    [InlineData(SyncedShow.Second + 60_000, 0)]
    public async Task Its_retention_cuts_where_it_says_and_breaks_nothing(long cutoff, int expected)
    {
        using var news = new ShowFile(name: "news").Open(SyncedShow.First).Add(10, 96_000).Close().Open(SyncedShow.Second).Add(10, 96_000);
        await using var server = await SyncServer.Start(news);
        foreach (var chunk in new[] { 2, 100 })
        {
            var receiver = new LiteralReceiver(server.Client, chunk);
            await receiver.SyncAsync(null, cutoff, true, Token);
            Assert.Equal(expected, receiver.Kept["news"].Segments.Count);
            Assert.All(receiver.Kept["news"].Segments, s => Assert.True(s.TimestampMs >= cutoff));
        }
    }

    [Fact]
    public async Task It_notices_another_store_and_goes_on_with_it_by_replace_source()
    {
        using var old = new ShowFile(name: "news").Open(SyncedShow.First).Add(10, 96_000).Close();
        using var fresh = new ShowFile(name: "news", seed: 2)
            .Open(SyncedShow.First - 7_200_000)
            .Add(4, 96_000)
            .Close()
            .Open(SyncedShow.Second)
            .Add(3, 96_000);
        LiteralReceiver receiver;
        await using (var before = await SyncServer.Start(old))
        {
            receiver = new LiteralReceiver(before.Client);
            await receiver.SyncAsync(null, null, true, Token);
        }

        await using var server = await SyncServer.Start(fresh);
        receiver = new LiteralReceiver(server.Client) { Kept = receiver.Kept };
        var error = await Assert.ThrowsAsync<LiteralException>(() => receiver.SyncAsync(null, null, true, Token));
        Assert.Contains("Source database mismatch", error.Message, StringComparison.Ordinal);
        Assert.Equal(5, await receiver.ReplaceSourceAsync("news", Token));
        await receiver.SyncAsync(null, null, true, Token);
        Assert.Equal([5L, 6, 7], receiver.Kept["news"].Segments.Skip(10).Select(s => s.Id));
    }

    [Fact]
    public async Task A_range_without_segments_is_an_empty_batch_and_an_error_has_another_type()
    {
        using var news = new ShowFile(name: "news").Open(SyncedShow.First).Add(2, 96_000);
        await using var server = await SyncServer.Start(news);
        var (bytes, type) = await server.Bytes("/api/sync/shows/news/segments?start_id=50&end_id=60");
        Assert.Equal(LiteralWire.ContentType, type);
        Assert.Equal("53474553010000000000000000000000", Convert.ToHexString(bytes));
        Assert.Empty(LiteralWire.Decode(bytes));
        using var refused = await server.Get("/api/sync/shows/nobody/segments?start_id=1&end_id=2", accept: null);
        Assert.NotEqual(LiteralWire.ContentType, refused.Content.Headers.ContentType?.ToString());
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/api/health")]
    public async Task Both_layouts_tell_its_health(string path)
    {
        using var news = new ShowFile(name: "news");
        await using var server = await SyncServer.Start(news);
        using var response = await server.Get(path, accept: null);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("OK", await response.Content.ReadAsStringAsync(Token));
    }

    private static async Task Same(ShowFile file, LiteralReceived kept)
    {
        var stored = await file.Reader.ReadSegmentsAsync(0, long.MaxValue, 1000, long.MaxValue, Token);
        Assert.Equal(
            stored.Select(s => (s.Info.Id, s.Info.TimestampMs, s.Info.StartsSection ? 1 : 0, s.Info.SectionId, s.Info.DurationSamples)),
            kept.Segments.Select(s => (s.Id, s.TimestampMs, s.IsTimestampFromSource, s.SectionId, s.DurationSamples))
        );
        Assert.All(stored.Zip(kept.Segments), pair => Assert.Equal(pair.First.Data, pair.Second.Audio));
        var sections = await file.Reader.SectionsAsync(new SectionQuery(), Token);
        Assert.Equal(
            sections.OrderBy(s => s.Id).Select(s => (s.Id, s.StartTimestampMs)),
            kept.Sections.OrderBy(s => s.Key).Select(s => (s.Key, s.Value))
        );
    }
}
