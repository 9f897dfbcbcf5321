using AudioRelay.EndToEnd.Playing;
using AudioRelay.Http.Tests.Support;
using Microsoft.Playwright;

namespace AudioRelay.EndToEnd.Pages;

/// <summary>No page waits for ever: it says what is wrong and offers to try again.</summary>
public sealed class FailureTests(Browser browser) : IClassFixture<Browser>
{
    [Theory]
    [InlineData("", "**/api/mode", "AudioRelay does not answer.")]
    [InlineData("", "**/api/shows", "The shows could not be loaded.")]
    [InlineData("#/show/show", "**/sessions*", "The recordings could not be loaded.")]
    [InlineData("#/show/show", "**/timeline*", "The timeline could not be loaded.")]
    [InlineData("#/search?q=anything", "**/api/titles*", "The search failed.")]
    public async Task What_is_gone_is_said_and_can_be_tried_again(string hash, string gone, string said)
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.Missing);
        using var file = new ShowFile().Open(1_700_000_000_000).Add(3, 96_000).Close();
        await using var server = await PlaybackServer.Record(file);
        var (page, _) = await browser.Open("about:blank");
        await page.RouteAsync(gone, route => route.AbortAsync());
        await page.GotoAsync(server.Client.BaseAddress!.AbsoluteUri + hash);
        var problem = page.GetByRole(AriaRole.Alert).Filter(new() { HasText = said });
        await problem.WaitForAsync();
        Assert.Contains("AudioRelay cannot be reached.", await problem.InnerTextAsync(), StringComparison.Ordinal);

        await page.UnrouteAsync(gone);
        await problem.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await problem.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await page.GetByText("Looking for").First.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
    }

    [Fact]
    public async Task A_show_that_is_not_here_is_said_in_the_words_of_the_server()
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.Missing);
        using var file = new ShowFile().Open(1_700_000_000_000).Add(3, 96_000).Close();
        await using var server = await PlaybackServer.Record(file);
        var (page, _) = await browser.Open($"{server.Client.BaseAddress!.AbsoluteUri}#/show/{Uri.EscapeDataString("no such: show?")}");
        await page.GetByRole(AriaRole.Alert).First.WaitForAsync();
        Assert.Contains("no such: show?", await page.GetByRole(AriaRole.Alert).First.InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_server_has_gone_while_one_looks_the_page_says_so_and_goes_on_by_itself()
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.Missing);
        using var file = new ShowFile().Open(1_700_000_000_000).Add(3, 96_000).Close();
        await using var server = await PlaybackServer.Record(file);
        var (page, _) = await browser.Open("about:blank");
        var refuse = true;
        await page.RouteAsync("**/api/events", route => refuse ? route.FulfillAsync(new() { Status = 502 }) : route.ContinueAsync());
        await page.GotoAsync(server.Client.BaseAddress!.AbsoluteUri);
        await page.GetByText("Offline").WaitForAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "show", Exact = true }).WaitForAsync();
        refuse = false;
        await page.GetByText("Offline").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
    }
}
