using AudioRelay.EndToEnd.Playing;

namespace AudioRelay.EndToEnd.Pages;

/// <summary>Every page of a recorder, in a real browser, as people of all kinds meet it.</summary>
public sealed class PagesTests(Browser browser, PagesRecorder recorder) : IClassFixture<Browser>, IClassFixture<PagesRecorder>
{
    public static TheoryData<string, string> PagesAndThemes
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var name in PageTour.Names)
            {
                data.Add(name, "light");
                data.Add(name, "dark");
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(PagesAndThemes))]
    public async Task Axe_finds_nothing_and_nothing_sticks_out(string name, string theme)
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.Missing);
        Assert.SkipUnless(Axe.IsInstalled, Axe.Missing);
        foreach (var (size, width, height) in new[] { ("desktop", 1280, 800), ("phone", 390, 844) })
        {
            var page = await PageTour.Open(browser, recorder.Address, name, theme, width, height);
            Assert.Empty(await Axe.Faults(page));
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{name} is too wide");
            await Pictures.Take(page, $"{name}-{size}-{theme}");
            await page.CloseAsync();
        }
    }
}
