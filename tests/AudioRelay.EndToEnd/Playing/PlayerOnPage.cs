using Microsoft.Playwright;

namespace AudioRelay.EndToEnd.Playing;

/// <summary>What the page's player does, by what it shows.</summary>
internal static class PlayerOnPage
{
    private const string IsPlaying = """
        ([from, until]) => {
            if (document.querySelector('.play:not(.play--busy)')?.getAttribute('aria-label') !== 'Pause') return false;
            const at = Number(document.querySelector('.seek__bar')?.getAttribute('aria-valuenow'));
            return from === null || at >= from && (until === null || at < until);
        }
        """;

    /// <summary>Waits until it plays, and when they are given within these seconds of the recording; the slider says where it is.</summary>
    public static async Task Plays(this IPage page, double? from = null, double? until = null)
    {
        try
        {
            await page.WaitForFunctionAsync(IsPlaying, (double?[])[from, until]);
        }
        catch (TimeoutException late)
        {
            var slider = await page.Locator(".seek__bar").GetAttributeAsync("aria-valuenow", new() { Timeout = 1000 });
            throw new TimeoutException(
                $"It does not play{(from is null ? "" : $" from second {from} on")}. At second {slider} the player says: {await page.InnerTextAsync(".player")}",
                late
            );
        }
    }
}
