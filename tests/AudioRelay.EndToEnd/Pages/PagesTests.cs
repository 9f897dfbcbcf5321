using System.Net.Http.Json;
using System.Text.Json;
using AudioRelay.EndToEnd.Playing;

namespace AudioRelay.EndToEnd.Pages;

/// <summary>Every page of a receiver, in a real browser, as people of all kinds meet it.</summary>
public sealed class PagesTests(Browser browser, PagesReceiver receiver)
    : IClassFixture<Browser>,
        IClassFixture<PagesReceiver>,
        IAsyncLifetime
{
    private static readonly string[] Notes = ["The interview about trams", "That trumpet solo, for the programme on Sunday", "Weather"];

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

    /// <summary>There are three bookmarks, before whatever test comes first.</summary>
    public async ValueTask InitializeAsync()
    {
        if (!Browser.IsInstalled)
        {
            return;
        }

        using var http = new HttpClient { BaseAddress = new Uri(receiver.Address) };
        var cancel = TestContext.Current.CancellationToken;
        var known = await http.GetFromJsonAsync<JsonElement>("api/bookmarks", cancel);
        var nowUs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
        for (var at = known.GetProperty("bookmarks").GetArrayLength(); at < Notes.Length; at++)
        {
            var from = nowUs - ((at + 1) * 3_000_000_000L);
            var made = new
            {
                show = PagesRecorder.Talk,
                from_us = from,
                note = Notes[at],
            };
            (await http.PostAsJsonAsync("api/bookmarks", made, cancel)).EnsureSuccessStatusCode();
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [MemberData(nameof(PagesAndThemes))]
    public async Task Axe_finds_nothing_and_nothing_sticks_out(string name, string theme)
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.Missing);
        Assert.SkipUnless(Axe.IsInstalled, Axe.Missing);
        foreach (var (size, width, height) in new[] { ("desktop", 1280, 800), ("phone", 390, 844) })
        {
            var page = await PageTour.Open(browser, receiver.Address, name, theme, width, height);
            Assert.Empty(await Axe.Faults(page));
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{name} is too wide");
            await Pictures.Take(page, $"{name}-{size}-{theme}");
            await page.CloseAsync();
        }
    }
}
