using System.Text.Json;
using Microsoft.Playwright;

namespace AudioRelay.EndToEnd.Pages;

/// <summary>axe-core, from the web UI's development packages.</summary>
internal static class Axe
{
    public const string Missing = "axe-core is not there (npm --prefix web ci)";

    private static readonly string? Script = Find();

    public static bool IsInstalled => Script is not null;

    /// <summary>Has it in every page that is opened from now on; the content security policy lets no page fetch it.</summary>
    public static Task AddTo(IPage page) => page.AddInitScriptAsync(scriptPath: Script);

    /// <summary>What it finds wrong, one line each.</summary>
    public static async Task<IReadOnlyList<string>> Faults(IPage page)
    {
        var found = await page.EvaluateAsync<JsonElement>(
            """
            async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
                .flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html} ${node.failureSummary ?? ''}`))
            """
        );
        return [.. found.EnumerateArray().Select(line => line.GetString()!)];
    }

    private static string? Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var script = Path.Combine(folder, "web", "node_modules", "axe-core", "axe.min.js");
            if (File.Exists(script))
            {
                return script;
            }
        }

        return null;
    }
}
