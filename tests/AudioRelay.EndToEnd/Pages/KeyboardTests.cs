using AudioRelay.EndToEnd.Playing;
using Microsoft.Playwright;

namespace AudioRelay.EndToEnd.Pages;

/// <summary>Listening without a mouse.</summary>
public sealed class KeyboardTests(Browser browser, PagesRecorder recorder) : IClassFixture<Browser>, IClassFixture<PagesRecorder>
{
    private const string Seconds = "Number(document.querySelector('.seek__bar')?.getAttribute('aria-valuenow'))";

    [Fact]
    public async Task From_the_list_to_a_show_to_live_to_the_past_and_back()
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.Missing);
        var (page, complaints) = await browser.Open(recorder.Address);
        await page.GetByRole(AriaRole.Heading, new() { Name = PagesRecorder.Jazz }).WaitForAsync();
        await TabTo(page, $"document.activeElement.textContent === '{PagesRecorder.Jazz}'");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".session").First.WaitForAsync();

        await TabTo(page, "document.activeElement.getAttribute('aria-label') === 'Play'");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("behind live").WaitForAsync();

        // The day is a slider: some steps back, and Enter listens from there.
        await TabTo(page, "document.activeElement.classList.contains('strip__track')");
        await page.Keyboard.PressAsync("PageDown");
        await page.Keyboard.PressAsync("PageDown");
        await page.Keyboard.PressAsync("ArrowLeft");
        Assert.NotEqual("", await page.Locator(".strip__track").GetAttributeAsync("aria-valuetext"));
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("behind live").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await page.Plays();

        var before = await page.EvaluateAsync<double>(Seconds);
        await TabTo(page, "document.activeElement.classList.contains('seek__bar')", key: "Shift+Tab");
        await page.Keyboard.PressAsync("PageUp");
        await page.WaitForFunctionAsync($"before => {Seconds} > before + 50", before);

        await page.Keyboard.PressAsync("g");
        await page.GetByText("behind live").WaitForAsync();
        await page.Keyboard.PressAsync("k");
        await page.GetByRole(AriaRole.Button, new() { Name = "Play", Exact = true }).WaitForAsync();
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task What_plays_goes_on_while_one_looks_elsewhere_and_a_found_title_plays()
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.Missing);
        var (page, complaints) = await browser.Open(recorder.Address);
        await page.GetByRole(AriaRole.Link, new() { Name = $"Listen to {PagesRecorder.Talk} live" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("behind live").WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Search" }).ClickAsync();
        var mini = page.GetByRole(AriaRole.Complementary, new() { Name = "Now playing" });
        await mini.GetByRole(AriaRole.Button, new() { Name = "Pause" }).WaitForAsync();

        await page.Keyboard.TypeAsync("WATER");
        await page.GetByText("No title contains").WaitForAsync();
        await page.GetByRole(AriaRole.Searchbox).FillAsync("wassermusik");
        await page.Locator(".row--found").First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Händel - Wassermusik, Suite Nr. 1" }).WaitForAsync();
        await page.Plays();
        Assert.Equal(0, await mini.CountAsync());
        Assert.Empty(complaints);
    }

    /// <summary>Presses Tab until the focus is where it should be, and sees to it that the focus can be seen on the way.</summary>
    private static async Task TabTo(IPage page, string isThere, string key = "Tab")
    {
        for (var presses = 0; presses < 80; presses++)
        {
            await page.Keyboard.PressAsync(key);
            Assert.True(await page.EvaluateAsync<bool>(FocusIsSeen), await page.EvaluateAsync<string>("document.activeElement.outerHTML"));
            if (await page.EvaluateAsync<bool>(isThere))
            {
                return;
            }
        }

        Assert.Fail($"{key} never leads to {isThere}");
    }

    /// <summary>An outline, of the focused thing or of a part or wrapping that stands for it.</summary>
    private const string FocusIsSeen = """
        (() => {
            const drawn = style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
            const at = document.activeElement;
            return at === document.body || drawn(getComputedStyle(at)) || drawn(getComputedStyle(at, '::after'))
                || drawn(getComputedStyle(at.parentElement));
        })()
        """;
}
