using System.Diagnostics;

namespace AudioRelay.Benchmarks.Measuring;

/// <summary>This program again as another process, asked and answered in lines.</summary>
internal sealed class Child : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private Child(Process process) => Process = process;

    public Process Process { get; }

    public static Child Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
        {
            start.ArgumentList.Add(typeof(Child).Assembly.Location);
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new Child(Process.Start(start)!);
    }

    /// <summary>Says a line and hears the answer.</summary>
    public async Task<string> Ask(string line)
    {
        await Process.StandardInput.WriteLineAsync(line);
        return await Hear();
    }

    /// <summary>The next line it says.</summary>
    public async Task<string> Hear()
    {
        var line = await Process.StandardOutput.ReadLineAsync().WaitAsync(Limit, TimeProvider.System);
        return line ?? throw new InvalidOperationException("The child process ended before it was done.");
    }

    /// <summary>Lets it end in order; when it does not, kills it.</summary>
    public async ValueTask DisposeAsync()
    {
        using var process = Process;
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Limit, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
