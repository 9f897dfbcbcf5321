using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace AudioRelay.TestKit.Tools;

/// <summary>Runs a program to its end: arguments as an array, input and output as bytes, a time limit.</summary>
public static class ToolProcess
{
    private const int MostErrorCharacters = 4000;

    public static readonly TimeSpan UsualLimit = TimeSpan.FromSeconds(60);

    /// <summary>Whether a program of this name is on the PATH.</summary>
    public static bool IsInstalled(string program) => Find(program) is not null;

    /// <summary>The full path of a program, also from the folders that only root has on its PATH.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Concat(["/usr/bin", "/usr/sbin", "/usr/local/bin"])
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    /// <summary>Runs it and gives what it wrote to its standard output.</summary>
    /// <exception cref="ToolException">It could not be started, failed or took too long; with the end of what it said.</exception>
    public static async Task<byte[]> Run(
        string program,
        IEnumerable<string> arguments,
        ReadOnlyMemory<byte> input = default,
        TimeSpan? limit = null,
        CancellationToken token = default
    )
    {
        using var timeout = new CancellationTokenSource(limit ?? UsualLimit, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, token);
        using var process = Start(program, arguments);
        using var output = new MemoryStream();
        var errors = new StringBuilder();
        try
        {
            await Task.WhenAll(
                Write(process, input, either.Token),
                process.StandardOutput.BaseStream.CopyToAsync(output, either.Token),
                ReadErrors(process, errors, either.Token)
            );
            await process.WaitForExitAsync(either.Token);
        }
        catch (OperationCanceledException error) when (timeout.IsCancellationRequested)
        {
            throw new ToolException($"{program} took longer than {limit ?? UsualLimit}. {errors}", error);
        }
        finally
        {
            Kill(process);
        }

        return process.ExitCode == 0 ? output.ToArray() : throw new ToolException($"{program} ended with {process.ExitCode}. {errors}");
    }

    internal static Process Start(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            return Process.Start(start) ?? throw new ToolException($"{program} did not start.");
        }
        catch (Win32Exception error)
        {
            throw new ToolException($"{program} could not be started: {error.Message}", error);
        }
    }

    internal static void Kill(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static async Task Write(Process process, ReadOnlyMemory<byte> input, CancellationToken token)
    {
        try
        {
            await using var stdin = process.StandardInput.BaseStream;
            await stdin.WriteAsync(input, token);
        }
        catch (IOException)
        {
            // It needed no more input; its exit code says whether it was content.
        }
    }

    private static async Task ReadErrors(Process process, StringBuilder errors, CancellationToken token)
    {
        while (await process.StandardError.ReadLineAsync(token) is { } line)
        {
            errors.AppendLine(line);
            if (errors.Length > MostErrorCharacters)
            {
                errors.Remove(0, errors.Length - MostErrorCharacters);
            }
        }
    }
}
