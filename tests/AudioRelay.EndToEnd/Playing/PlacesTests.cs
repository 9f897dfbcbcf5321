using AudioRelay.EndToEnd.Pages;
using AudioRelay.Http.Tests.Support;
using AudioRelay.TestKit.Tools;
using Microsoft.Playwright;

namespace AudioRelay.EndToEnd.Playing;

/// <summary>Going to a place and taking one home: by its time of day, with the mouse on the strip of the day, as a file.</summary>
public sealed class PlacesTests(Browser browser) : IClassFixture<Browser>
{
    // 03:43:20 on 2023-11-15 in the browser's half-hour time zone.
    private const long Start = 1_700_000_000_000;

    [Fact]
    public async Task A_time_of_day_is_jumped_to_and_plays()
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.Missing);
        using var file = TwoRecordings(Start, Start + 60_000);
        await using var server = await PlaybackServer.Inspect(file);
        var (page, complaints) = await browser.Open(server.Client.BaseAddress!.AbsoluteUri);
        await page.Locator(".session").First.WaitForAsync();
        await Jump(page, "2023-11-15", "03:44:25");
        await page.GetByRole(AriaRole.Button, new() { Name = "Listen from there" }).ClickAsync();
        await Plays(page, "03:44", from: 5, until: 12);

        await Jump(page, "2023-11-15", "03:43:23");
        await page.Keyboard.PressAsync("Enter");
        await Plays(page, "03:43", from: 3, until: 10);

        // Between the two: what comes next, and after them nothing.
        await Jump(page, "2023-11-15", "03:44:00");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("Nothing was recorded then. This is what came next.").WaitForAsync();
        await Plays(page, "03:44", from: 0, until: 8);
        await Jump(page, "2023-11-16", "03:44:00");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("Nothing was recorded then, nor after it.").WaitForAsync();
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task In_the_hour_that_comes_twice_one_chooses_and_what_is_untouched_is_exact()
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.Missing);
        var second = new DateTimeOffset(2026, 10, 25, 1, 20, 0, 250, TimeSpan.Zero).ToUnixTimeMilliseconds();
        using var file = TwoRecordings(second - 3_600_000, second);
        await using var server = await PlaybackServer.Inspect(file);
        Assert.SkipUnless(Axe.IsInstalled, Axe.Missing);
        var (page, complaints) = await browser.Open("about:blank", zone: "Europe/Berlin");
        await Axe.AddTo(page);
        await page.GotoAsync(server.Client.BaseAddress!.AbsoluteUri);
        await page.Locator(".session").First.WaitForAsync();
        foreach (var (choice, row) in (IReadOnlyList<(string, int)>)[("first", 1), ("second", 0)])
        {
            await Jump(page, "2026-10-25", "02:20:05");
            await OddPages.IsInOrder(page, "which-hour");
            await page.GetByLabel("this hour came twice").SelectOptionAsync($"The {choice} time, UTC+{(row == 1 ? 2 : 1)}");
            await page.GetByRole(AriaRole.Button, new() { Name = "Listen from there" }).ClickAsync();
            await page.WaitForFunctionAsync("row => document.querySelectorAll('.session')[row].classList.contains('session--active')", row);
            await Plays(page, "02:20", from: 4, until: 12);
        }

        await page.Locator(".session .icon-button").First.ClickAsync();
        await page.GetByLabel("To", new() { Exact = true }).FillAsync("2026-10-25T02:20:06");
        await OddPages.IsInOrder(page, "which-hours-of-a-part");
        var link = await page.GetByRole(AriaRole.Link, new() { Name = "Download" }).GetAttributeAsync("href");
        Assert.Contains($"from_ms={second}&to_ms={second + 5_750}&", link, StringComparison.Ordinal);
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task A_click_on_the_strip_of_the_day_plays_what_was_recorded_there()
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.Missing);
        using var file = TwoRecordings(Start, Start + 60_000);
        await using var server = await PlaybackServer.Inspect(file);
        var (page, complaints) = await browser.Open(server.Client.BaseAddress!.AbsoluteUri);
        await page.Locator(".session__play").Last.ClickAsync(); // pressed: a browser may not let an address alone be heard
        await Plays(page, "03:43", from: 0, until: 12);
        await page.Keyboard.PressAsync("k");
        var bars = page.Locator(".strip__section");
        await bars.Nth(1).WaitForAsync();
        var bar = (await bars.Nth(1).BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(bar.X + (bar.Width / 2), bar.Y + (bar.Height / 2));
        await page.Locator(".strip .seek__hint").GetByText("03:44:").WaitForAsync();
        await page.Mouse.ClickAsync(bar.X + (bar.Width / 2), bar.Y + (bar.Height / 2));
        await Plays(page, "03:44", from: 2, until: 12);
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task What_is_downloaded_is_the_recording_or_the_part_that_was_asked_for()
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.Missing);
        using var file = TwoRecordings(Start, Start + 60_000);
        await using var server = await PlaybackServer.Inspect(file);
        var (page, _) = await browser.Open(server.Client.BaseAddress!.AbsoluteUri);
        await page.Locator(".session .icon-button").First.ClickAsync();
        var (name, whole) = await Download(page);
        Assert.EndsWith(".ogg", name, StringComparison.Ordinal);
        Assert.Equal("opus", whole.Codec);
        Assert.InRange(whole.Duration ?? 0, 11.9, 12.1);

        await page.GetByLabel("From", new() { Exact = true }).FillAsync("2023-11-15T03:44:24");
        await page.GetByLabel("Format").SelectOptionAsync("wav16k");
        var (wav, part) = await Download(page);
        Assert.EndsWith(".wav", wav, StringComparison.Ordinal);
        Assert.Equal(16_000, part.SampleRate);
        Assert.InRange(part.Duration ?? 0, 7.9, 8.1);
    }

    private static ShowFile TwoRecordings(long firstMs, long secondMs)
    {
        var file = SoundShow.Create("opus", firstMs).File;
        SoundShow.Again(file, secondMs);
        return file;
    }

    private static async Task Jump(IPage page, string day, string time)
    {
        await page.Keyboard.PressAsync("d");
        await page.GetByLabel("Date", new() { Exact = true }).FillAsync(day);
        await page.GetByLabel("Time", new() { Exact = true }).FillAsync(time);
    }

    private static async Task<(string Name, ProbedStream Stream)> Download(IPage page)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download" }).ClickAsync());
        return (download.SuggestedFilename, await Ffmpeg.Probe(await download.PathAsync(), TestContext.Current.CancellationToken));
    }

    /// <summary>Waits until the recording that began at this time of day plays within these seconds of its own.</summary>
    private static async Task Plays(IPage page, string clock, int from, int until)
    {
        await page.Locator(".session--active").Filter(new() { HasText = clock }).WaitForAsync();
        await page.Plays(from, until);
    }
}
