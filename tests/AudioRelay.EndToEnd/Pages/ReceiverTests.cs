using AudioRelay.EndToEnd.Playing;
using Microsoft.Playwright;

namespace AudioRelay.EndToEnd.Pages;

/// <summary>What only a receiver's pages have: bookmarks, and listening on when the recorder has gone.</summary>
public sealed class ReceiverTests(Browser browser, PagesReceiver receiver) : IClassFixture<Browser>, IClassFixture<PagesReceiver>
{
    [Fact]
    public async Task A_moment_is_kept_renamed_played_deleted_and_taken_back()
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.Missing);
        var (page, complaints) = await browser.Open(receiver.Address);
        await page.GetByRole(AriaRole.Link, new() { Name = $"Listen to {PagesRecorder.Jazz} live" }).ClickAsync();
        await page.GetByText("behind live").WaitForAsync();
        await page.Keyboard.PressAsync("b");
        await page.GetByLabel("Note").FillAsync("That solo");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("Bookmark kept.").WaitForAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Bookmarks" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Change the note of That solo" }).ClickAsync();
        await page.GetByLabel("Note", new() { Exact = true }).FillAsync("That trumpet");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete the bookmark That trumpet" }).ClickAsync();
        await page.GetByText("None yet.").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await page.ReloadAsync();
        await page.GetByText($"{PagesRecorder.Jazz} · ").WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Play That trumpet" }).ClickAsync();
        await page.Plays();
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task When_the_recorder_has_gone_the_page_says_so_and_what_is_here_plays()
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.Missing);
        await using var own = new PagesReceiver();
        await own.InitializeAsync();
        var page = await PageTour.Open(browser, own.Address, "shows", "light", 1280, 800);
        await own.LoseRecorder();
        await page.GetByText("The recorder has been out of reach since").WaitForAsync();
        await page.GetByText("The recorder is away").First.WaitForAsync();
        Assert.Equal(0, await page.GetByText("Recording now").CountAsync());
        Assert.Empty(await Axe.Faults(page));
        await Pictures.Take(page, "recorder-away-desktop-light");

        await page.GetByRole(AriaRole.Link, new() { Name = $"Open {PagesRecorder.Classic}" }).ClickAsync();
        await page.Locator(".session__play").Nth(1).ClickAsync();
        await page.Plays();
        await page.GetByRole(AriaRole.Link, new() { Name = "Shows" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sync now" }).ClickAsync();
        await page.GetByText("Looking for new recordings.").WaitForAsync();
    }
}
