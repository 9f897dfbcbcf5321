using System.Text.RegularExpressions;
using AudioRelay.EndToEnd.Playing;
using AudioRelay.EndToEnd.Support;
using AudioRelay.Storage;
using AudioRelay.Storage.Sqlite;
using AudioRelay.TestKit.Stations;
using Microsoft.Playwright;

namespace AudioRelay.EndToEnd.Pages;

/// <summary>Where a token is asked for: signing in and out, and a link for players that cannot.</summary>
public sealed partial class SignInTests(Browser browser) : IClassFixture<Browser>
{
    private const string Token = "a-token-that-nobody-guesses-0123456789";

    [Fact]
    public async Task A_token_opens_the_pages_and_a_link_opens_a_show_to_other_players()
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.Missing);
        await using var station = new SocketStation(new StationScript(), TimeProvider.System);
        using var config = new TempConfig([new ShowLines("news", station.Address, "opus")], top: "token_profile = 'ui'");
        Remember(config);
        var environment = new Dictionary<string, string> { ["CRED_TOKEN_UI"] = Token };
        await using var process = AudioRelayProcess.Start(config.Home, ["record", "-c", config.File], environment);
        var address = (await process.Line(Listening())).Groups[1].Value;

        var (page, _) = await browser.Open("about:blank");
        await Axe.AddTo(page);
        await page.GotoAsync(address);
        await page.GetByRole(AriaRole.Heading, new() { Name = "Sign in to listen" }).WaitForAsync();
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            Assert.Empty(await Axe.Faults(page));
            await Pictures.Take(page, scheme == ColorScheme.Dark ? "sign-in-desktop-dark" : "sign-in-desktop-light");
        }

        await page.GetByLabel("Token").FillAsync("a wrong one");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("This token does not open anything here.").WaitForAsync();
        await page.GetByLabel("Token").FillAsync(Token);
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Link, new() { Name = "news", Exact = true }).ClickAsync();
        await page.ReloadAsync();
        await page.Locator(".session .icon-button").First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a link that opens without" }).ClickAsync();
        await page.GetByText("Opens without signing in until").WaitForAsync();
        var link = await page.GetByLabel("HLS address").InputValueAsync();

        using var stranger = new HttpClient();
        Assert.StartsWith(
            "#EXTM3U",
            await stranger.GetStringAsync(new Uri(link), TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );

        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Sign in to listen" }).WaitForAsync();
    }

    private static void Remember(TempConfig config)
    {
        Directory.CreateDirectory(config.Output);
        var nowUs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
        using var store = ShowStore.Open(config.Database("news"), new ShowSettings("news", "opus", 16, 48_000), new Random(1));
        new Past(store).Section(nowUs - 900_000_000, nowUs - 300_000_000, ["Weather"], EndCause.WindowEnd);
    }

    [GeneratedRegex("^Listening on (http\\S+)")]
    private static partial Regex Listening();
}
