using AudioRelay.EndToEnd.Playing;
using AudioRelay.EndToEnd.Support;
using AudioRelay.Http.Tests.Security.Proxies;
using AudioRelay.TestKit.Fixtures;
using AudioRelay.TestKit.Stations;
using Microsoft.Playwright;

namespace AudioRelay.EndToEnd.Pages;

/// <summary>The pages below a path of a proxy, as most people put them on the web: one signs in, listens live, and is told of what comes.</summary>
public sealed class SubPathTests(Browser browser) : IClassFixture<Browser>
{
    private const string Token = "a-token-that-nobody-guesses-9876543210";

    [Theory]
    [InlineData(PrefixStyle.Told)]
    [InlineData(PrefixStyle.ToldAndLeft)]
    [InlineData(PrefixStyle.TakenOffInSilence)]
    public async Task Below_a_path_of_a_proxy_one_signs_in_listens_live_and_is_told_of_what_comes(PrefixStyle style)
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.Missing);
        await using var station = new SocketStation(new StationScript { Source = new LoopedSource(SoundFixture.Mp3) }, TimeProvider.System);
        using var config = new TempConfig(
            [new ShowLines("news", station.Address, "opus", Split: 1)],
            top: "token_profile = 'ui'\ntrusted_proxies = ['127.0.0.1']"
        );
        await using var recorder = await RecorderRun.Start(config, new Dictionary<string, string> { ["CRED_TOKEN_UI"] = Token });
        await using var proxy = await SmallProxy.Start(recorder.Address, "/radio", style, plain: true);

        var (page, _) = await browser.Open("about:blank");
        var outside = new List<string>();
        var segments = 0;
        page.Response += (_, response) =>
        {
            var path = new Uri(response.Url).AbsolutePath;
            if (!path.StartsWith("/radio/", StringComparison.Ordinal))
            {
                outside.Add(response.Url);
            }

            segments += response.Status == 200 && path.Contains("opus-segment", StringComparison.Ordinal) ? 1 : 0;
        };
        var answer = await page.GotoAsync(new Uri(proxy.Address, "/radio/").AbsoluteUri);
        Assert.True(answer!.Ok, await answer.TextAsync());
        await page.GetByLabel("Token").FillAsync(Token);
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Link, new() { Name = "Listen to news live" }).ClickAsync();
        await page.GetByText("behind live").WaitForAsync();

        var before = await page.EvaluateAsync<double>(Seconds);
        var seen = segments;
        await page.WaitForFunctionAsync($"before => {Seconds} > before + 3", before);
        Assert.True(segments > seen, "The position moves, and no sound comes.");
        Assert.Contains("\"show\":\"news\"", await page.EvaluateAsync<string>(NextEvent), StringComparison.Ordinal);
        Assert.Equal(0, await page.GetByText("Offline").CountAsync());

        // The cookie is for this path, and holds when the page is opened again.
        await page.ReloadAsync();
        await page.Locator(".session").First.WaitForAsync();
        Assert.Empty(outside);
    }

    private const string Seconds = "Number(document.querySelector('.seek__bar')?.getAttribute('aria-valuenow'))";

    private const string NextEvent = """
        () => new Promise(told => {
            const stream = new EventSource('api/events');
            let first = true;
            stream.onmessage = event => {
                // The first says where everything stands, the next is a commit.
                if (!first) { stream.close(); told(event.data); }
                first = false;
            };
        })
        """;
}
