using AudioRelay.EndToEnd.Playing;
using Microsoft.Playwright;

namespace AudioRelay.EndToEnd.Pages;

/// <summary>How each page is reached, and how one knows that it is all there.</summary>
internal static class PageTour
{
    /// <summary>The names of the pages.</summary>
    public static readonly string[] Names =
    [
        "shows",
        "show",
        "playing",
        "day-before",
        "search",
        "bookmark",
        "bookmarks",
        "save",
        "jump",
        "keys",
    ];

    /// <summary>Opens a page by name, in a theme.</summary>
    public static async Task<IPage> Open(Browser browser, string address, string name, string theme, int width, int height)
    {
        var (page, _) = await browser.Open("about:blank", width, height);
        var scheme = theme == "dark" ? ColorScheme.Dark : ColorScheme.Light;
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        if (Axe.IsInstalled)
        {
            await Axe.AddTo(page);
        }

        var show = $"{address}#/show/{PagesRecorder.Jazz}";
        switch (name)
        {
            case "shows":
                await page.GotoAsync(address);
                await page.GetByText("Everything is here.").WaitForAsync();
                await page.GetByText("Up to date").Nth(2).WaitForAsync();
                await page.GetByText("Recording now").Nth(2).WaitForAsync();
                break;
            case "show":
                await Show(page, show);
                break;
            case "playing":
                await Show(page, show);
                await page.GetByRole(AriaRole.Button, new() { Name = "Play", Exact = true }).ClickAsync();
                await page.GetByText("behind live").WaitForAsync();
                break;
            case "day-before":
                await Show(page, show);
                await page.GetByRole(AriaRole.Button, new() { Name = "The day before" }).ClickAsync();
                await page.GetByText("in what was wanted").ClickAsync();
                break;
            case "search":
                await page.GotoAsync($"{address}#/search?q=summer");
                await page.Locator(".row--found").First.WaitForAsync();
                break;
            case "bookmark":
                await Show(page, show);
                await page.GetByRole(AriaRole.Button, new() { Name = "Play", Exact = true }).ClickAsync();
                await page.GetByText("behind live").WaitForAsync();
                await page.Keyboard.PressAsync("b");
                await page.GetByRole(AriaRole.Dialog).WaitForAsync();
                break;
            case "bookmarks":
                await page.GotoAsync($"{address}#/bookmarks");
                await page.Locator(".item").First.WaitForAsync();
                break;
            case "save":
                await Show(page, show);
                await page.Locator(".session .icon-button").First.ClickAsync();
                await page.GetByRole(AriaRole.Dialog).WaitForAsync();
                break;
            case "jump":
                await Show(page, show);
                await page.Keyboard.PressAsync("d");
                await page.GetByRole(AriaRole.Dialog).WaitForAsync();
                break;
            case "keys":
                await page.GotoAsync(address);
                await page.GetByRole(AriaRole.Heading, new() { Name = PagesRecorder.Jazz }).WaitForAsync();
                await page.Keyboard.PressAsync("?");
                await page.GetByRole(AriaRole.Dialog).WaitForAsync();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such page.");
        }

        return page;
    }

    private static async Task Show(IPage page, string address)
    {
        await page.GotoAsync(address);
        await page.Locator(".session").First.WaitForAsync();
        await page.Locator(".strip__section").First.WaitForAsync();
        await page.Locator(".titles .row").First.WaitForAsync();
    }
}
