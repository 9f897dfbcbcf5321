using AudioRelay.EndToEnd.Playing;
using AudioRelay.Http.Tests.Support;
using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Streams.Receiver.Status;
using Microsoft.Playwright;

namespace AudioRelay.EndToEnd.Pages;

/// <summary>What nobody plans for and everybody meets: nothing there yet, nothing found, very long names, a server that is gone.</summary>
public sealed class OddPagesTests(Browser browser) : IClassFixture<Browser>
{
    private const string LongName = "a.show_with_a_name-of-forty-characters.x";

    private static readonly string LongTitle =
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft "
        + string.Concat(Enumerable.Repeat("Mitschnitt", 12))
        + " & the very long rest of what somebody typed into a studio's computer at four in the morning";

    public static TheoryData<string, string, int> All
    {
        get
        {
            var data = new TheoryData<string, string, int>();
            foreach (var name in Pages)
            {
                data.Add(name, "light", 1280);
                data.Add(name, "dark", 390);
            }

            return data;
        }
    }

    private static readonly string[] Pages =
    [
        "no-shows",
        "first-run",
        "empty-show",
        "no-titles-found",
        "no-bookmarks",
        "long-names",
        "long-names-show",
        "save-part",
        "no-such-show",
        "no-answer",
        "shows-failed",
        "show-failed",
        "search-failed",
        "bookmarks-failed",
    ];

    [Theory]
    [MemberData(nameof(All))]
    public async Task It_says_what_is_so_and_axe_finds_nothing(string name, string theme, int width)
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.Missing);
        Assert.SkipUnless(Axe.IsInstalled, Axe.Missing);
        var nowMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        using var file = new ShowFile(name: LongName).Open(nowMs - 7_200_000).Add(30, 96_000);
        file.Titles([LongTitle, new string('W', 200)]);
        file.Close(EndCause.Disconnected).Journal(nowMs - 7_200_000, new WindowOpened((nowMs - 7_200_000) * 1000));
        file.Journal(nowMs, new Trouble(GapCause.HttpStatus, (nowMs - 3_600_000) * 1000, nowMs * 1000, LongTitle));
        using var empty = new ShowFile(name: "empty", seed: 2);
        await using var server = await ReceiverServer.Start(
            name is "no-shows" or "first-run" ? [] : [ReceivedFile.Of(file), ReceivedFile.Of(empty, uniqueId: "db_other")],
            TimeProvider.System
        );
        var online = name != "first-run";
        var detail = online ? null : "Connection refused (studio.example.org:17000)";
        server.Board.Post(new RemoteStatus("studio", "http://studio:17000/", online, nowMs * 1000, detail, Pushes: false));

        var page = await OddPages.Open(browser, "about:blank", theme, width);
        await Meet(page, server.Client.BaseAddress!.AbsoluteUri, name);
        await OddPages.IsInOrder(page, $"odd-{name}-{(width < 600 ? "phone" : "desktop")}-{theme}", fullPage: true);
        await page.CloseAsync();
    }

    private static async Task Meet(IPage page, string address, string name)
    {
        var (hash, gone, says) = name switch
        {
            "no-shows" => ("", null, "No show has been offered yet."),
            "first-run" => ("", null, "Nothing has been fetched yet"),
            "empty-show" => ("#/show/empty", null, "Nothing has been recorded yet. The first sound appears here by itself."),
            "no-titles-found" => ("#/search?q=xylophone", null, "No title contains"),
            "no-bookmarks" => ("#/bookmarks", null, "None yet."),
            "long-names" => ("", null, "No sound yet"),
            "long-names-show" or "save-part" => ($"#/show/{LongName}", null, "in what was wanted"),
            "no-such-show" => ("#/show/nobody", null, "There is no show “nobody” here."),
            "no-answer" => ("", "**/api/mode", "AudioRelay does not answer."),
            "shows-failed" => ("", "**/api/shows", "The shows could not be loaded."),
            "show-failed" => ($"#/show/{LongName}", "**/timeline*", "The timeline could not be loaded."),
            "search-failed" => ("#/search?q=anything", "**/api/titles*", "The search failed."),
            "bookmarks-failed" => ("#/bookmarks", "**/api/bookmarks", "could not be loaded."),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such page."),
        };
        if (gone is not null)
        {
            await page.RouteAsync(gone, route => route.AbortAsync());
        }

        await page.GotoAsync(address + hash);
        await page.GetByText(says).First.WaitForAsync();
        if (name is "long-names-show")
        {
            await page.GetByText(says).First.ClickAsync();
            await page.Locator(".session").First.WaitForAsync();
        }

        // What could not be asked for is not "nothing".
        Assert.Equal(name == "empty-show" ? 2 : 0, await page.GetByText("Nothing has been recorded yet").CountAsync());
        Assert.Equal(name == "no-such-show" ? 1 : 0, await page.GetByRole(AriaRole.Link, new() { Name = "All shows" }).CountAsync());
        if (name is "no-such-show" or "empty-show")
        {
            Assert.Equal(0, await page.GetByText("No station has named").Or(page.GetByText("Looking for")).CountAsync());
        }

        if (name is "save-part")
        {
            await page.Locator(".session .icon-button").First.ClickAsync();
            await page.GetByLabel("To", new() { Exact = true }).FillAsync("2001-01-01T00:00:01");
            await page.GetByText("The end has to come after the start.").WaitForAsync();
        }
    }
}
