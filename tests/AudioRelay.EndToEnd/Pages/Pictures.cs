using Microsoft.Playwright;

namespace AudioRelay.EndToEnd.Pages;

/// <summary>Screenshots: into docs/screenshots when AUDIORELAY_SCREENSHOTS says so, otherwise to a temporary folder, to be looked at.</summary>
internal static class Pictures
{
    private static readonly string Folder = FindFolder();

    public static Task Take(IPage page, string name, bool fullPage = false) =>
        page.ScreenshotAsync(
            new PageScreenshotOptions
            {
                Path = Path.Combine(Folder, name + ".png"),
                Animations = ScreenshotAnimations.Disabled,
                FullPage = fullPage,
            }
        );

    private static string FindFolder()
    {
        var wanted = Environment.GetEnvironmentVariable("AUDIORELAY_SCREENSHOTS");
        return string.IsNullOrEmpty(wanted) ? Path.Combine(Path.GetTempPath(), "audiorelay-screenshots") : Path.GetFullPath(wanted);
    }
}
