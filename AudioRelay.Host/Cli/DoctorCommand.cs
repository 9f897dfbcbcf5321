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
        config.Description = "Look at the directories and the port of this configuration instead of the defaults";
        var command = new Command("doctor", "Says what this machine lacks, and how to get it") { config };
        command.SetAction(parsed =>
        {
            var plan = parsed.GetValue(config) is { } file ? PlanOf(file, context.Environment) : DefaultPlan(context.Environment);
            var findings = new Examination(plan, context.Time).Run();
            FindingsPrinter.Print(findings, context.Out);
            return findings.Any(finding => finding.State == FindingState.Missing) ? ExitCodes.Failed : ExitCodes.Done;
        });
        return command;
    }

    private static ExaminationPlan PlanOf(string file, HostEnvironment environment)
    {
        var config = ConfigFiles.LoadRecord(file, environment).Value;
        return new ExaminationPlan([config.OutputDirectory, config.DataDirectory], [config.Listen.Port]);
    }

    private static ExaminationPlan DefaultPlan(HostEnvironment environment) =>
        new([ConfigPaths.DefaultDataDirectory(environment)], [InspectCommand.DefaultPort, 17000, 18000]);
}
