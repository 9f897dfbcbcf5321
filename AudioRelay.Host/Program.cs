using AudioRelay.Host;
using AudioRelay.Host.Cli;
using AudioRelay.Host.Config;
using AudioRelay.Host.Roles;

MallocArenas.Bound();
var environment = HostEnvironment.OfThisProcess();
using var signals = new StopSignals(Environment.Exit);
using var logs = ConsoleLogs.Create(environment);
return await CommandLine.RunAsync(
    args,
    new HostContext
    {
        Out = Console.Out,
        Error = Console.Error,
        Environment = environment,
        Time = TimeProvider.System,
        Random = new Random(Environment.ProcessId),
        Logs = logs,
    },
    signals.Stop
);
