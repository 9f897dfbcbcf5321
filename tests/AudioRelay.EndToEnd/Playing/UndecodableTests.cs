using System.Buffers.Binary;
using AudioRelay.Http.Tests.Support;
using Microsoft.Playwright;

namespace AudioRelay.EndToEnd.Playing;

/// <summary>Sound that is all there and that no decoder takes.</summary>
public sealed class UndecodableTests(Browser browser) : IClassFixture<Browser>
{
    private const long Start = 1_700_000_000_000;

    [Fact]
    public async Task Sound_that_cannot_be_decoded_is_not_opened_again_without_end_and_the_page_says_so()
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.Missing);
        using var file = SoundShow.Create("opus", Start).File;
        await using var server = await PlaybackServer.Inspect(file);
        var (page, _) = await browser.Open("about:blank");
        await page.AddInitScriptAsync(Count);
        await page.RouteAsync("**/opus-segment/**", Spoil);
        await page.GotoAsync(server.Client.BaseAddress!.AbsoluteUri);
        await page.GetByRole(AriaRole.Button, new() { Name = "Play", Exact = true }).ClickAsync();
        await page.GetByText("The browser could not play this sound. Trying again in").WaitForAsync();

        // Once more at once, and again after 1, 2, 4, 8 and 10 seconds; each time hls.js has begun anew already when it says what is wrong.
        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).WaitForAsync(new() { Timeout = 60_000 });
        Assert.InRange(await page.EvaluateAsync<int>("opened"), 2, 13);
    }

    /// <summary>The segment as it is around its sound, and for sound packets of more frames than there may be.</summary>
    private static async Task Spoil(IRoute route)
    {
        var answer = await route.FetchAsync();
        var bytes = await answer.BodyAsync();
        for (var at = 0; at + 8 <= bytes.Length; )
        {
            var size = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));
            if (bytes.AsSpan(at + 4, 4).SequenceEqual("mdat"u8))
            {
                bytes.AsSpan(at + 8, size - 8).Fill(0xFF);
            }

            at += size;
        }

        await route.FulfillAsync(new() { Response = answer, BodyBytes = bytes });
    }

    private const string Count = """
        (() => {
            const Real = window.MediaSource;
            window.opened = 0;
            window.MediaSource = class extends Real {
                constructor() { super(); window.opened++; }
            };
        })()
        """;
}
