using System.Globalization;
using AudioRelay.Http.Tests.Support;
using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.TestKit.Fixtures;
using Microsoft.Playwright;

namespace AudioRelay.EndToEnd.Playing;

/// <summary>The web UI in a real browser, against a real file.</summary>
public sealed class PlayerTests(Browser browser) : IClassFixture<Browser>
{
    // 03:43:20 in the browser's half-hour time zone.
    private const long Start = 1_700_000_000_000;

    // What a station sends is text, whatever it looks like.
    private const string HostileTitle = "<img src=x onerror=alert(1)> & the Quotes \"'";

    [Theory]
    [InlineData("opus")]
    [InlineData("aac")]
    [InlineData("wav")]
    [InlineData("mp3")]
    public async Task Every_codec_plays_and_the_position_moves(string codec)
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.Missing);
        using var file = codec == "mp3" ? SoundShow.Copy(SoundFixture.Mp3, Start) : SoundShow.Create(codec, Start).File;
        await using var server = await PlaybackServer.Inspect(file);
        var (page, complaints) = await browser.Open(server.Client.BaseAddress!.AbsoluteUri);
        await page.GetByRole(AriaRole.Button, new() { Name = "Play", Exact = true }).ClickAsync();
        await page.Plays(from: 2);
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Keys_seek_pause_and_change_the_speed_and_the_place_is_remembered()
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.Missing);
        using var file = SoundShow.Create("opus", Start).File;
        await using var server = await PlaybackServer.Inspect(file);
        var (page, complaints) = await browser.Open(server.Client.BaseAddress!.AbsoluteUri);
        await page.Locator(".session").First.WaitForAsync();
        await page.Keyboard.PressAsync("k");
        await page.Plays(from: 0.5);
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Plays(from: 5.4);
        await page.Keyboard.PressAsync("k");
        await page.GetByRole(AriaRole.Button, new() { Name = "Play", Exact = true }).WaitForAsync();
        await page.Keyboard.PressAsync(">");
        Assert.Equal("1.25", await page.GetByLabel("Speed").InputValueAsync());
        await page.Keyboard.PressAsync("?");
        await page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard" }).WaitForAsync();
        await page.Keyboard.PressAsync("Escape");

        var id = (await file.Reader.InfoAsync()).UniqueId;
        var saved = await page.EvaluateAsync<string>($"localStorage.getItem('{id}_position_{Start * 1000}')");
        Assert.InRange(double.Parse(saved, CultureInfo.InvariantCulture), 5.3, 11.9);
        await page.ReloadAsync();
        await page.GetByText("Continue at 03:43").WaitForAsync();
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Titles_gaps_and_local_times_are_shown_and_a_title_is_a_place_to_go()
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.Missing);
        var (file, _, _) = SoundShow.Create("opus", Start);
        using var closing = file;
        file.Journal(Start + 12_000, new WindowOpened(Start * 1000));
        file.Open(Start + 300_000).Add(1, 96_000).Journal(Start + 300_000, new TitleSet(Start * 1000 + 300_000_000, 0, HostileTitle));
        file.Add(3, 96_000).Close(EndCause.Disconnected).Journal(Start + 308_000, new WindowClosed((Start + 308_000) * 1000));
        await using var server = await PlaybackServer.Inspect(file);
        var (page, complaints) = await browser.Open($"{server.Client.BaseAddress!.AbsoluteUri}#?t={Start + 300_000}");
        await page.GetByRole(AriaRole.Heading, new() { Name = HostileTitle }).WaitForAsync();
        await page.GetByText("One gap in what was wanted").ClickAsync();
        await page.GetByText("03:43:32 – 03:48:20").WaitForAsync();
        Assert.Equal(2, await page.Locator(".session").CountAsync());
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task A_growing_recording_is_followed_live()
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.Missing);
        var pieces = await Pieces();
        // Of these seconds: what nobody has added to for a while is a finished list, and not followed.
        using var file = new ShowFile(name: "live").Open(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - 8000);
        Add(file, pieces[..4]);
        await using var server = await PlaybackServer.Record(file, targetSeconds: 2);
        var (page, complaints) = await browser.Open(server.Client.BaseAddress!.AbsoluteUri);
        await page.GetByText("Recording now").WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Listen to live live" }).ClickAsync();
        await page.GetByText("Live", new() { Exact = true }).WaitForAsync();
        await page.Plays(from: 4);
        Add(file, pieces[4..]);

        // Past what was there when the list was first read.
        await page.Plays(from: 8.5);
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Of_a_long_recording_live_is_a_window_and_the_past_is_a_list_of_its_own()
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.Missing);
        var pieces = await Pieces();
        // Real sound at both ends, and made-up packets in the six hours between, up to now: what nobody has added to for a while is not live.
        var seconds = (6 * 3600) + (3 * 2 * pieces.Count);
        using var file = new ShowFile(name: "live").Open(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - (seconds * 1000));
        Add(file, pieces);
        for (var minute = 0; minute < (6 * 60) - 31; minute++)
        {
            file.Add(1, 60 * 48_000);
        }

        // What the live list reaches back to is as long as it promises: a player stays a few of the longest behind.
        for (var piece = 0; piece < 31 * 30; piece++)
        {
            file.Add(1, 2 * 48_000);
        }

        Add(file, pieces);
        Add(file, pieces);
        await using var server = await PlaybackServer.Record(file, targetSeconds: 2);
        var (page, complaints) = await browser.Open(server.Client.BaseAddress!.AbsoluteUri);
        var asked = new List<string>();
        page.Request += (_, request) => asked.Add(request.Url);
        await page.GetByRole(AriaRole.Link, new() { Name = "Listen to live live" }).ClickAsync();
        await page.Plays(from: (6 * 3600) + 20);
        Assert.Contains(asked, url => url.EndsWith("opus-playlist.m3u8?live=1", StringComparison.Ordinal));

        await page.GetByRole(AriaRole.Slider, new() { Name = "Position" }).PressAsync("Home");
        await page.WaitForFunctionAsync("() => Number(document.querySelector('.seek__bar').getAttribute('aria-valuenow')) < 60");
        await page.Plays(from: 2);
        Assert.Contains(asked, url => url.Contains("?start_id=1&end_id=", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Button, new() { Name = "Go live" }).ClickAsync();
        await page.Plays(from: (6 * 3600) + 20);
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task When_the_server_is_gone_the_page_says_so_and_offers_to_try_again()
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.Missing);
        using var file = SoundShow.Create("opus", Start).File;
        var server = await PlaybackServer.Inspect(file);
        var (page, _) = await browser.Open("about:blank");
        await page.RouteAsync("**/api/sessions*", route => route.AbortAsync());
        await page.GotoAsync(server.Client.BaseAddress!.AbsoluteUri);
        await page.GetByText("The recordings could not be loaded.").WaitForAsync();
        await page.UnrouteAsync("**/api/sessions*");
        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await page.Locator(".session").First.WaitForAsync();
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task Nothing_sticks_out_of_the_page(int width)
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.Missing);
        using var file = SoundShow.Create("opus", Start).File;
        await using var server = await PlaybackServer.Inspect(file);
        var (page, _) = await browser.Open(server.Client.BaseAddress!.AbsoluteUri, width, 800);
        await page.Locator(".session").First.WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Play", Exact = true }).ClickAsync();
        await page.Plays(from: 0.1);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
    }

    private static async Task<List<(long Samples, byte[] Data)>> Pieces()
    {
        using var source = SoundShow.Create("opus", Start).File;
        var pieces = new List<(long, byte[])>();
        for (var id = 1; id <= 6; id++)
        {
            var (_, segment) = await source.Reader.SegmentAsync(id);
            pieces.Add((segment!.Info.DurationSamples, segment.Data));
        }

        return pieces;
    }

    private static void Add(ShowFile file, List<(long Samples, byte[] Data)> pieces)
    {
        foreach (var (samples, data) in pieces)
        {
            file.Add(1, samples, _ => data);
        }
    }
}
