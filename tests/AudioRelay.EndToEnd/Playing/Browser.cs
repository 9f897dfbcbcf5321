using Microsoft.Playwright;

namespace AudioRelay.EndToEnd.Playing;

/// <summary>The machine's own Chromium, without a window and without looking anywhere but at us.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string? Path = new[]
    {
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
    }.FirstOrDefault(File.Exists);

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>
    /// Milliseconds after which what is waited for counts as never coming: a browser shares the machine with other tests. Less than the minute
    /// after which a page asks by itself for what it should have been told.
    /// </summary>
    private const float Patience = 55_000;

    public const string Missing = "Chromium is not installed (Debian: apt-get install chromium)";

    public static bool IsInstalled => Path is not null;

    public async ValueTask InitializeAsync()
    {
        if (Path is null)
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = Path,
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ],
            }
        );
    }

    /// <summary>A fresh page of a fresh browser, which may open more of them, and everything it complains about.</summary>
    public async Task<(IPage Page, List<string> Complaints)> Open(
        string url,
        int width = 1280,
        int height = 900,
        string zone = "Asia/Kolkata"
    )
    {
        var context = await _browser!.NewContextAsync(
            new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = width, Height = height },
                TimezoneId = zone,
                Locale = "en-GB",
            }
        );
        context.SetDefaultTimeout(Patience);
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.PageError += (_, error) => complaints.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                complaints.Add(message.Text);
            }
        };
        await page.GotoAsync(url);
        return (page, complaints);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
