using System.Diagnostics;

namespace AudioRelay.Host.Tests.Scripts;

/// <summary>The shell that the scripts are written for.</summary>
internal static class Bash
{
    /// <summary>Runs a line of bash; stdout and stderr together.</summary>
    public static async Task<(int ExitCode, string Output)> Run(string line, string path)
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
