using System.CommandLine;
using AudioRelay.Host.Config;
using AudioRelay.Host.Doctor;
using AudioRelay.Host.Roles;

namespace AudioRelay.Host.Cli;

/// <summary><c>audiorelay doctor [-c FILE]</c></summary>
internal static class DoctorCommand
{
    public static Command Create(HostContext context)
    {
        var config = SharedOptions.Config("record");
        config.Description = "Look at what this configuration, of a recorder or a receiver, needs instead of the defaults";
        var command = new Command("doctor", "Says what this machine lacks, and how to get it") { config };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetValue(config), context, stop));
        return command;
    }

    private static async Task<int> RunAsync(string? file, HostContext context, CancellationToken stop)
    {
        var receiver =
            file is not null && ConfigFiles.TypeOf(file, context.Environment) == "receiver"
                ? ReceiverCommand.Prepare(file, null, context)
                : null;
        var plan =
            receiver is not null ? new ExaminationPlan([receiver.Config.DataDirectory], [receiver.Config.Listen.Port])
            : file is not null ? PlanOf(file, context.Environment)
            : DefaultPlan(context.Environment);
        IReadOnlyList<Finding> findings =
        [
            .. new Examination(plan, context.Time).Run(),
            .. receiver is null ? [] : await ReceiverFindings.LookAsync(receiver, context, stop),
        ];
        FindingsPrinter.Print(findings, context.Out);
        return findings.Any(finding => finding.State == FindingState.Missing) ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static ExaminationPlan PlanOf(string file, HostEnvironment environment)
    {
        var config = ConfigFiles.LoadRecord(file, environment).Value;
        return new ExaminationPlan([config.OutputDirectory, config.DataDirectory], [config.Listen.Port]);
    }

    private static ExaminationPlan DefaultPlan(HostEnvironment environment) =>
        new([ConfigPaths.DefaultDataDirectory(environment)], [InspectCommand.DefaultPort, 17000, 18000]);
}
