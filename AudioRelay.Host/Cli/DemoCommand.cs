using System.CommandLine;
using AudioRelay.Host.Config;
using AudioRelay.Host.Roles;

namespace AudioRelay.Host.Cli;

/// <summary><c>audiorelay demo [-p PORT] [--url URL] [--data DIR]</c></summary>
internal static class DemoCommand
{
    public const int DefaultPort = 17000;

    public static Command Create(HostContext context)
    {
        var port = SharedOptions.Port($"The port of the player [default: {DefaultPort}, or a free one when that is taken]");
        var url = SharedOptions.Url("Record this station instead of the demo's own");
        var data = new Option<string>("--data")
        {
            Description = "Keep the recordings in this folder [default: a temporary one that goes with the demo]",
            HelpName = "DIR",
        };
        var command = new Command("demo", "Records a small station of its own and plays it in your browser: nothing to set up")
        {
            port,
            url,
            data,
        };
        command.SetAction(
            (parsed, stop) =>
            {
                var chosen = parsed.GetValue(port);
                var options = new DemoOptions(
                    new ListenConfig { Port = chosen ?? DefaultPort },
                    chosen is not null,
                    parsed.GetValue(url) is { } station ? new Uri(station) : null,
                    parsed.GetValue(data) is { } folder ? context.Environment.FullPath(folder) : null
                );
                return DemoRole.RunAsync(options, context, stop);
            }
        );
        return command;
    }
}
