using System.Diagnostics;

namespace AudioRelay.Host.Tests.Scripts;

/// <summary>The scripts of the checkout these tests were built from.</summary>
internal static class ScriptFolder
{
    public static string Find(string relative)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var path = Path.Combine(at.FullName, relative);
            if (File.Exists(path))
            {
                return path;
            }
        }
        throw new FileNotFoundException($"{relative} is in no folder above {AppContext.BaseDirectory}");
    }

    /// <summary>Runs a line of bash; stdout and stderr together.</summary>
    public static async Task<(int ExitCode, string Output)> Bash(string line, string path)
    {
        var start = new ProcessStartInfo("/bin/bash", ["-c", $"exec 2>&1; {line}"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["PATH"] = path;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }
}
