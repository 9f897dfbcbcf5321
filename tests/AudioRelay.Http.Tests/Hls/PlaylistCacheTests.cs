using System.Net;
using AudioRelay.Http.Shows;
using AudioRelay.Http.Tests.Support;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Http.Tests.Hls;

/// <summary>How often lists are made.</summary>
public sealed class PlaylistCacheTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly long NowMs = Now.ToUnixTimeMilliseconds();
    private readonly ShowFile _file = new();
    private readonly ManualTime _time = new(Now);
    private readonly CountingReader _counted;

    public PlaylistCacheTests() => _counted = new CountingReader(_file.Reader);

    public async ValueTask DisposeAsync()
    {
        await _counted.DisposeAsync();
        _file.Dispose();
    }

    [Theory]
    [InlineData("start_id=2&end_id=4")]
    [InlineData("section_id={0}")]
    [InlineData("from_ms={1}&to_ms={2}")]
    public async Task A_finished_list_is_made_once_whatever_the_clock_says_and_whatever_is_recorded_later(string query)
    {
        _file.Open(NowMs - 3_600_000).Add(20, 96_000).Close();
        var first = _file.SectionId;
        await using var server = await Serve();
        var list =
            "/api/show/show/opus-playlist.m3u8?"
            + query
                .Replace("{0}", $"{first}", StringComparison.Ordinal)
                .Replace("{1}", $"{NowMs - 3_599_000}", StringComparison.Ordinal)
                .Replace("{2}", $"{NowMs - 3_590_000}", StringComparison.Ordinal);
        var text = await server.Text(list);
        Assert.Contains("#EXT-X-PLAYLIST-TYPE:VOD", text, StringComparison.Ordinal);
        var made = _counted.ListReads;
        for (var i = 0; i < 10; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(7));
            _file.Open(NowMs - 10_000 + (i * 7000)).Add(1, 96_000).Close();
            Assert.Equal(text, await server.Text(list));
        }

        Assert.Equal(made, _counted.ListReads);
        // What retention takes out of it does concern it.
        Assert.Equal([first], _file.Store.Retention.HideBefore((NowMs - 300_000) * 1000, NowMs * 1000).Select(section => section.Id));
        using var gone = await server.Client.GetAsync(list, TestContext.Current.CancellationToken);
        Assert.Contains(gone.StatusCode, new[] { HttpStatusCode.Gone, HttpStatusCode.NotFound });
    }

    [Fact]
    public async Task An_address_that_names_no_end_is_made_again_after_a_commit_and_not_by_the_clock()
    {
        _file.Open(NowMs - 3_600_000).Add(3, 96_000).Close();
        await using var server = await Serve();
        const string list = "/api/show/show/opus-playlist.m3u8?start_id=1&end_id=9";
        var text = await server.Text(list);
        var made = _counted.ListReads;
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(text, await server.Text(list));
        Assert.Equal(made, _counted.ListReads);
        _file.Open(NowMs - 60_000).Add(3, 96_000).Close();
        Assert.Equal(6, PlaylistTests.Uris(await server.Text(list)).Count);
    }

    [Fact]
    public async Task A_growing_list_takes_one_place_however_often_it_is_made()
    {
        _file.Open(NowMs - 60_000).Add(20, 96_000);
        await using var server = await Serve();
        var growing = $"/api/show/show/opus-playlist.m3u8?section_id={_file.SectionId}";
        const string finished = "/api/show/show/opus-playlist.m3u8?start_id=1&end_id=9";
        await server.Text(finished);
        for (var i = 0; i < 200; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(6));
            await server.Text(growing);
        }

        var made = _counted.ListReads;
        await server.Text(finished);
        Assert.Equal(made, _counted.ListReads);
    }

    private Task<PlaybackServer> Serve()
    {
        var catalog = new ShowCatalog(ShowModes.Record);
        catalog.Set(new ServedShow("show", _counted, null, 2));
        return PlaybackServer.Start(catalog, _time);
    }
}
