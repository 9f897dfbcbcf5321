using AudioRelay.Host.Cli;
using AudioRelay.Host.Roles;
using AudioRelay.Host.Tests.Config;
using Microsoft.Extensions.Logging.Abstractions;

namespace AudioRelay.Host.Tests.Cli;

/// <summary>One run of the command line in this process, in a home folder of its own.</summary>
internal sealed record CommandLineRun(int ExitCode, string Out, string[] ErrorLines)
{
    public static async Task<CommandLineRun> Of(ConfigFolder folder, params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await CommandLine.RunAsync(arguments, Context(folder, output, error), TestContext.Current.CancellationToken);
        return new(code, output.ToString(), error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    public static HostContext Context(ConfigFolder folder, TextWriter output, TextWriter error) =>
        new()
        {
            Out = output,
            Error = error,
            Environment = folder.Environment,
            Time = TimeProvider.System,
            Random = new Random(1),
            Logs = NullLoggerFactory.Instance,
        };
}
