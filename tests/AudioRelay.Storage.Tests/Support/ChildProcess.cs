using System.Diagnostics;

namespace AudioRelay.Storage.Tests.Support;

/// <summary>This test program once more, running one explicit test as another process; it speaks to us in lines on its standard output.</summary>
public sealed class ChildProcess : IDisposable
{
    public const string PathVariable = "AUDIORELAY_TEST_CHILD_DATABASE";

    private readonly Process _process;

    public ChildProcess(string testMethod, string databasePath)
    {
        var name = typeof(ChildProcess).Assembly.GetName().Name!;
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? name + ".exe" : name);
        var start = new ProcessStartInfo(program, ["-method", testMethod, "-explicit", "only", "-noColor", "-noLogo"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment[PathVariable] = databasePath;
        _process = Process.Start(start)!;
    }

    /// <summary>The database a child works on; null when this is not a child.</summary>
    public static string? Database => Environment.GetEnvironmentVariable(PathVariable);

    /// <summary>Says a line to the parent, at once.</summary>
    public static void Say(string line)
    {
        using var output = new StreamWriter(Console.OpenStandardOutput());
        output.Write("child: " + line + "\n");
    }

    /// <summary>The child's next line; null when it has ended.</summary>
    public async Task<string?> HearAsync()
    {
        const string Mark = "child: ";
        while (await _process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) is { } line)
        {
            if (line.StartsWith(Mark, StringComparison.Ordinal))
            {
                return line[Mark.Length..];
            }
        }

        return null;
    }

    /// <summary>Kills it without a word (SIGKILL).</summary>
    public void Kill() => _process.Kill();

    public Task EndAsync() => _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
