using System.CommandLine;
using AudioRelay.Host.Config;
using AudioRelay.Host.Roles;

namespace AudioRelay.Host.Cli;

/// <summary><c>audiorelay receiver -c FILE [-p PORT] [--sync-only]</c>: its configuration is checked today, the role comes with the next release.</summary>
internal static class ReceiverCommand
{
    public static Command Create(HostContext context)
    {
        var config = SharedOptions.Config("receiver");
        var port = SharedOptions.Port("The port to answer on, instead of the configuration's port");
        var syncOnly = new Option<bool>("--sync-only") { Description = "Fetch once what the recorders have, and end" };
        var command = new Command(
            "receiver",
            "Fetches recordings from recorders and serves them to listeners (comes with the next release)"
        )
        {
            config,
            port,
            syncOnly,
        };
        command.SetAction(parsed =>
        {
            var loaded = ConfigFiles.LoadReceiver(parsed.GetValue(config), context.Environment);
            SharedOptions.PrintNotes(context.Error, loaded.Notes);
            context.Error.WriteLine($"audiorelay: {loaded.File} is fine, but the receiver comes with the next release");
            return ExitCodes.Usage;
        });
        return command;
    }
}
