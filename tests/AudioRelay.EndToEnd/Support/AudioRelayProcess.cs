using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.EndToEnd.Support;

/// <summary>The real program in a process of its own: the build output that lies beside the tests, with a home folder of its own.</summary>
internal sealed class AudioRelayProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task _reading;
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _ended;

    private AudioRelayProcess(Process process)
    {
        _process = process;
        Started = TimeProvider.System.GetTimestamp();
        _reading = Task.Run(async () =>
        {
            await Task.WhenAll(Read(process.StandardOutput, ""), Read(process.StandardError, "! "));
            Add(null);
        });
    }

    /// <summary>When it was started, as a timestamp of the system's clock.</summary>
    public long Started { get; }

    public int Id => _process.Id;

    /// <summary>Everything it has said; lines of stderr begin with "! ".</summary>
    public string Said
    {
        get
        {
            lock (_gate)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    /// <summary>Everything it has said on stderr.</summary>
    public IReadOnlyList<string> Errors
    {
        get
        {
            lock (_gate)
            {
                return [.. _lines.Where(l => l.StartsWith("! ", StringComparison.Ordinal)).Select(l => l[2..])];
            }
        }
    }

    /// <summary>How much of it is in memory now.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts <c>audiorelay</c> with these arguments.</summary>
    /// <param name="home">Its home and working directory.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="environment">Variables beside the inherited ones.</param>
    /// <param name="within">A command line that becomes the program, which stands behind it; null: the program itself.</param>
    public static AudioRelayProcess Start(
        string home,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        IReadOnlyList<string>? within = null
    )
    {
        string[] line = [.. within ?? [], Dotnet, Path.Combine(AppContext.BaseDirectory, "audiorelay.dll"), .. arguments];
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = home,
        };
        foreach (var name in start.Environment.Keys.Where(IsOurs).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["HOME"] = home;
        start.Environment["NO_COLOR"] = "1";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return new AudioRelayProcess(Process.Start(start) ?? throw new ToolException("audiorelay did not start."));
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string Said, IReadOnlyList<string> Errors)> Run(
        string home,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        await using var process = Start(home, arguments, environment);
        var code = await process.Exit();
        return (code, process.Said, process.Errors);
    }

    /// <summary>Waits for a line that matches; fails with all it said when it ends without.</summary>
    public async Task<Match> Line(Regex pattern)
    {
        for (var next = 0; ; )
        {
            Task more;
            lock (_gate)
            {
                for (; next < _lines.Count; next++)
                {
                    if (pattern.Match(_lines[next]) is { Success: true } match)
                    {
                        return match;
                    }
                }

                if (_ended)
                {
                    throw new ToolException($"audiorelay ended without saying {pattern}. It said:\n{string.Join('\n', _lines)}");
                }

                more = _more.Task;
            }

            await more.Patiently(() => $"a line like {pattern}; it said:\n{Said}");
        }
    }

    /// <summary>Asks it to end (SIGTERM).</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> Terminate()
    {
        await ToolProcess.Run("kill", ["-TERM", $"{_process.Id}"]);
        return await Exit();
    }

    /// <summary>Kills it (SIGKILL).</summary>
    public async Task Kill()
    {
        _process.Kill();
        await Exit();
    }

    /// <summary>Waits until it has ended.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> Exit()
    {
        await _process.WaitForExitAsync().Patiently(() => $"audiorelay to end; it said:\n{Said}");
        await _reading.Patiently(() => "the last of what audiorelay said");
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await Kill();
        }

        _process.Dispose();
    }

    // The runtime that runs the tests also runs the program.
    private static string Dotnet =>
        Path.GetFullPath(
            Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet")
        );

    private static bool IsOurs(string variable) =>
        variable.StartsWith("AUDIORELAY_", StringComparison.Ordinal)
        || variable.StartsWith("CRED_", StringComparison.Ordinal)
        || variable.StartsWith("XDG_", StringComparison.Ordinal);

    private async Task Read(StreamReader output, string mark)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            Add(mark + line);
        }
    }

    private void Add(string? line)
    {
        lock (_gate)
        {
            if (line is null)
            {
                _ended = true;
            }
            else
            {
                _lines.Add(line);
            }

            _more.SetResult();
            _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
