using System.CommandLine;
using AudioRelay.Host.Config;
using AudioRelay.Host.Roles;

namespace AudioRelay.Host.Cli;

/// <summary>The whole command line: arguments in, exit code out.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, HostContext context, CancellationToken stop)
    {
        var parsed = Build(context).Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await context.Error.WriteLineAsync($"audiorelay: {error.Message}");
            }
            await context.Error.WriteLineAsync($"audiorelay: '{PathOf(parsed.CommandResult.Command)} --help' shows what is possible");
            return ExitCodes.Usage;
        }
        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    Output = context.Out,
                    Error = context.Error,
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = null, // signals are StopSignals' matter
                },
                stop
            );
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCodes.Done;
        }
        catch (ConfigException wrong)
        {
            foreach (var problem in wrong.Problems)
            {
                await context.Error.WriteLineAsync(context.Environment.Secrets.Clean($"audiorelay: {problem}"));
            }
            return ExitCodes.Failed;
        }
        catch (CliException failed)
        {
            foreach (var line in failed.Message.Split(Environment.NewLine))
            {
                await context.Error.WriteLineAsync(context.Environment.Secrets.Clean($"audiorelay: {line}"));
            }
            return failed.ExitCode;
        }
        catch (Exception fault) when (context.Environment.NonEmpty("AUDIORELAY_DEBUG") is null)
        {
            // Whatever it is, the user gets one line. The whole of it is for whoever asks.
            await context.Error.WriteLineAsync(
                context.Environment.Secrets.Clean($"audiorelay: {OneLine(fault)} (AUDIORELAY_DEBUG=1 shows where)")
            );
            return ExitCodes.Failed;
        }
    }

    private static RootCommand Build(HostContext context) =>
        new("Records internet radio and lets you listen to it later.")
        {
            RecordCommand.Create(context),
            ReceiverCommand.Create(context),
            ReplaceSourceCommand.Create(context),
            InspectCommand.Create(context),
            DemoCommand.Create(context),
            ActorsCommand.Create(context),
            DoctorCommand.Create(context),
        };

    private static string PathOf(Command command) =>
        command is RootCommand ? "audiorelay"
        : command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}"
        : command.Name;

    private static string OneLine(Exception fault)
    {
        var innermost = fault;
        while (innermost is AggregateException or TypeInitializationException && innermost.InnerException is { } inner)
        {
            innermost = inner;
        }
        return innermost.Message.ReplaceLineEndings(" ");
    }
}
