using System.Text.RegularExpressions;
using AudioRelay.Http.Tests.Support;
using Microsoft.Playwright;

namespace AudioRelay.EndToEnd.Playing;

/// <summary>Listening with the page out of sight, past the end of a recording, and live: what is said must be so.</summary>
public sealed partial class ListeningTests(Browser browser) : IClassFixture<Browser>
{
    private const long Start = 1_700_000_000_000;

    /// <summary>Puts the audio element where a test finds it, and the media keys under its fingers.</summary>
    private const string Spy = """
        (() => {
            const Real = window.Audio;
            window.Audio = function () { return (window.heard = new Real()); };
            window.keys = {};
            const bind = navigator.mediaSession.setActionHandler.bind(navigator.mediaSession);
            navigator.mediaSession.setActionHandler = (name, handler) => { window.keys[name] = handler; bind(name, handler); };
        })()
        """;

    [Fact]
    public async Task Media_keys_and_the_lock_screen_drive_the_player_and_say_what_plays()
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.Missing);
        using var file = await Growing(Start);
        file.Titles(["First", "Second"]);
        file.Close();
        await using var server = await PlaybackServer.Inspect(file);
        var page = await Open(server, "");
        await page.GetByRole(AriaRole.Button, new() { Name = "Play", Exact = true }).ClickAsync();
        await page.WaitForFunctionAsync("() => heard.currentTime > 1.2 && navigator.mediaSession.playbackState === 'playing'");
        await page.WaitForFunctionAsync("() => navigator.mediaSession.metadata.title === 'Second'");
        Assert.Equal("live", await page.EvaluateAsync<string>("navigator.mediaSession.metadata.artist"));

        await Press("pause", "heard.paused && navigator.mediaSession.playbackState === 'paused'");
        await Press("seekto", "Math.abs(heard.currentTime - 7) < 0.2", "{ seekTime: 7 }");
        await Press("seekbackward", "Math.abs(heard.currentTime - 5) < 0.2", "{ seekOffset: 2 }");
        await Press("seekforward", "Math.abs(heard.currentTime - 8) < 0.2", "{ seekOffset: 3 }");
        await Press("previoustrack", "heard.currentTime < 1.2");
        await Press("previoustrack", "heard.currentTime < 0.2");
        await Press("nexttrack", "Math.abs(heard.currentTime - 1) < 0.2");
        await Press("play", "!heard.paused && navigator.mediaSession.playbackState === 'playing'");

        async Task Press(string key, string then, string details = "{}")
        {
            await page.EvaluateAsync($"keys['{key}']({{ action: '{key}', ...{details} }})");
            await page.WaitForFunctionAsync($"() => {then}");
        }
    }

    [Fact]
    public async Task At_the_end_of_a_recording_the_next_one_plays_at_the_same_speed()
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.Missing);
        using var file = SoundShow.Create("opus", Start).File;
        SoundShow.Again(file, Start + 60_000);
        await using var server = await PlaybackServer.Inspect(file);
        var page = await Open(server, "");
        await page.Locator(".session__play").Last.ClickAsync();
        await page.WaitForFunctionAsync("() => heard.currentTime > 0.2");
        await page.GetByLabel("Speed").SelectOptionAsync("2");
        await page.EvaluateAsync("keys.seekto({ seekTime: 10 })");
        await page.GetByText("On to the next recording.").WaitForAsync();
        await page.WaitForFunctionAsync("() => heard.currentTime > 1 && heard.currentTime < 9 && !heard.paused");
        Assert.Equal(2, await page.EvaluateAsync<double>("heard.playbackRate"));
        await page.Locator(".session--active").Filter(new() { HasText = "03:44" }).WaitForAsync();
    }

    [Fact]
    public async Task The_delay_behind_live_is_the_age_of_the_sound_that_is_heard()
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.Missing);
        var started = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - 12_000;
        using var file = await Growing(started);
        await using var server = await PlaybackServer.Record(file, targetSeconds: 2);
        var page = await Open(server, "#/show/live?live");
        // A browser may want a gesture before it lets a page be heard; then the page offers to play.
        await page.WaitForFunctionAsync(
            """
            () => {
              if (document.querySelector('.player__delay') && !heard.paused) return true;
              document.querySelector('button[aria-label="Play"]')?.click();
              return false;
            }
            """,
            null,
            new() { PollingInterval = 2000 }
        );
        // The list begins with the recording, so the element's clock counts from there.
        var said = await page.EvaluateAsync<string[]>(
            $"[document.querySelector('.player__delay').innerText, String((Date.now() - {started} - heard.currentTime * 1000) / 1000)]"
        );
        var truth = double.Parse(said[1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(
            int.Parse(Seconds().Match(said[0]).Value, System.Globalization.CultureInfo.InvariantCulture),
            truth - 1.5,
            truth + 1.5
        );
    }

    /// <summary>Twelve seconds of sound that have not ended.</summary>
    private static async Task<ShowFile> Growing(long startMs)
    {
        using var source = SoundShow.Create("opus", Start).File;
        var file = new ShowFile(name: "live").Open(startMs);
        for (var id = 1; id <= 6; id++)
        {
            var (_, segment) = await source.Reader.SegmentAsync(id);
            file.Add(1, segment!.Info.DurationSamples, _ => segment.Data);
        }

        return file;
    }

    private async Task<IPage> Open(PlaybackServer server, string hash)
    {
        var (page, _) = await browser.Open("about:blank");
        await page.AddInitScriptAsync(Spy);
        await page.GotoAsync(server.Client.BaseAddress!.AbsoluteUri + hash);
        return page;
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Seconds();
}
