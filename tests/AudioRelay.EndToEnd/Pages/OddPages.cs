using AudioRelay.EndToEnd.Playing;
using Microsoft.Playwright;

namespace AudioRelay.EndToEnd.Pages;

/// <summary>Pages as they are seen rarely, opened and judged like all others.</summary>
internal static class OddPages
{
    public static async Task<IPage> Open(Browser browser, string address, string theme, int width)
    {
        var (page, _) = await browser.Open("about:blank", width, width < 600 ? 844 : 800);
        var scheme = theme == "dark" ? ColorScheme.Dark : ColorScheme.Light;
        await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        await Axe.AddTo(page);
        await page.GotoAsync(address);
        return page;
    }

    /// <summary>axe-core finds nothing and nothing sticks out; a picture is taken.</summary>
    public static async Task IsInOrder(IPage page, string name, bool fullPage = false)
    {
        await Pictures.Take(page, name, fullPage);
        Assert.Empty(await Axe.Faults(page));
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{name} is too wide");
    }
}
