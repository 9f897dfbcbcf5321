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
        await page.AddInitScriptAsync(Spy);
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
        await page.WaitForFunctionAsync("() => streams.some(stream => stream.readyState === 1)");
        var other = await page.Context.NewPageAsync();
        await other.AddInitScriptAsync(Spy);
        await other.GotoAsync(address);
        await other.GetByRole(AriaRole.Link, new() { Name = "news", Exact = true }).WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

        // In every tab: no events come any more.
        foreach (var tab in (IPage[])[page, other])
        {
            await tab.GetByRole(AriaRole.Heading, new() { Name = "Sign in to listen" }).WaitForAsync();
            await tab.WaitForFunctionAsync("() => streams.every(stream => stream.readyState === 2)");
        }
    }

    [Fact]
    public async Task A_token_that_is_not_for_listening_is_said_to_be_so_and_does_not_lock_the_browser_in()
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.Missing);
        await using var station = new SocketStation(new StationScript(), TimeProvider.System);
        using var config = new TempConfig([new ShowLines("news", station.Address, "opus")], top: "token_profile = 'ui'");
        var environment = new Dictionary<string, string> { ["CRED_TOKEN_UI"] = Token, ["CRED_TOKEN_UI_SCOPES"] = "sync-read" };
        await using var process = AudioRelayProcess.Start(config.Home, ["record", "-c", config.File], environment);
        var address = (await process.Line(Listening())).Groups[1].Value;

        var (page, _) = await browser.Open(address);
        await page.GetByLabel("Token").FillAsync(Token);
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("This token is not for listening").WaitForAsync();
        await Pictures.Take(page, "sign-in-not-for-listening");
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Sign in to listen" }).WaitForAsync();

        // A cookie from before, of a token that was for listening then.
        await page.EvaluateAsync(
            "token => fetch('api/session', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token }) })",
            Token
        );
        await page.ReloadAsync();
        await page.GetByText("You are signed in, but not to listen.").WaitForAsync();
        await Pictures.Take(page, "signed-in-not-to-listen");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Sign in to listen" }).WaitForAsync();
    }

    private const string Spy = """
        (() => {
            const Real = window.EventSource;
            window.streams = [];
            window.EventSource = class extends Real {
                constructor(...given) { super(...given); window.streams.push(this); }
            };
        })()
        """;

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
