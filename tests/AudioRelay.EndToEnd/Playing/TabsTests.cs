using AudioRelay.Http.Tests.Support;
using AudioRelay.Streams.Sync.Feed;
using Microsoft.Playwright;

namespace AudioRelay.EndToEnd.Playing;

/// <summary>Many tabs of one browser, which has six connections to a server without TLS.</summary>
public sealed class TabsTests(Browser browser) : IClassFixture<Browser>
{
    private const int Tabs = 8;

    [Fact]
    public async Task Eight_tabs_all_load_are_told_of_what_comes_and_the_one_that_plays_still_follows()
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.Missing);
        using var source = SoundShow.Create("opus", 1_700_000_000_000).File;
        using var file = new ShowFile(name: "live").Open(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - 8000);
        await Add(1, 4);
        await using var server = await PlaybackServer.Record(file, targetSeconds: 2);
        var address = server.Client.BaseAddress!.AbsoluteUri;
        var (first, _) = await browser.Open(address);
        await first.GetByRole(AriaRole.Link, new() { Name = "Listen to live live" }).ClickAsync();
        await Passes(first, 2);

        var journal = 3L;
        var tabs = new List<IPage> { first };
        while (tabs.Count < Tabs)
        {
            var tab = await first.Context.NewPageAsync();
            await tab.GotoAsync(address + "#/show/live");
            await tab.Locator(".session").First.WaitForAsync();
            tabs.Add(tab);
        }

        await Add(5, 6);
        Tell();
        await Passes(first, 8);

        // The tab that came last holds the stream; without it another one does.
        await tabs[^1].CloseAsync();
        tabs.RemoveAt(Tabs - 1);
        file.Close();
        foreach (var tab in tabs)
        {
            Assert.Equal(0, await tab.GetByText("Offline").CountAsync());
        }

        Tell();
        foreach (var tab in tabs)
        {
            await tab.Locator(".session")
                .Filter(new() { HasText = "now" })
                .WaitForAsync(new() { State = WaitForSelectorState.Hidden, Timeout = 20_000 });
        }

        async Task Add(int from, int until)
        {
            for (var id = from; id <= until; id++)
            {
                var (_, segment) = await source.Reader.SegmentAsync(id);
                file.Add(1, segment!.Info.DurationSamples, _ => segment.Data);
            }
        }

        void Tell() => server.Feed.Publish(new ShowPosition("live", file.Store.UniqueId, 6, journal++));
    }

    private static Task Passes(IPage page, int seconds) =>
        page.WaitForFunctionAsync(
            "seconds => Number(document.querySelector('.seek__bar')?.getAttribute('aria-valuenow')) >= seconds",
            seconds
        );
}
