using System.CommandLine;
using AudioRelay.Host.Roles;

namespace AudioRelay.Host.Cli;

/// <summary><c>audiorelay replace-source -c FILE --show NAME</c></summary>
internal static class ReplaceSourceCommand
{
    public static Command Create(HostContext context)
    {
        var config = SharedOptions.Config("receiver");
        var show = new Option<string>("--show")
        {
            Description = "The show, by its name here",
            HelpName = "NAME",
            Required = true,
        };
        var command = new Command(
            "replace-source",
            "Goes on with a recorder's new store for a show whose old one is gone; what is kept here stays"
        )
        {
            config,
            show,
        };
        command.SetAction(
            (parsed, stop) =>
            {
                var options = ReceiverCommand.Prepare(parsed.GetValue(config), null, context);
                return ReplaceSourceRole.RunAsync(options, parsed.GetRequiredValue(show), context, stop);
            }
        );
        return command;
    }
}
