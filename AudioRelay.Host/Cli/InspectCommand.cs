using System.CommandLine;
using AudioRelay.Host.Config;
using AudioRelay.Host.Roles;

namespace AudioRelay.Host.Cli;

/// <summary><c>audiorelay inspect DB [-p PORT] [--immutable]</c></summary>
internal static class InspectCommand
{
    public const int DefaultPort = 16000;

    public static Command Create(HostContext context)
    {
        var file = new Argument<string>("db") { Description = "A show's database, <name>.sqlite", HelpName = "DB" };
        var port = SharedOptions.Port($"The port to answer on [default: {DefaultPort}]");
        var immutable = new Option<bool>("--immutable")
        {
            Description = "The file is on read-only or network media and nobody writes to it: SQLite takes no locks and reads no journal",
        };
        var command = new Command("inspect", "Serves one database file to listeners") { file, port, immutable };
        command.SetAction(
            (parsed, stop) =>
            {
                var named = parsed.GetRequiredValue(file);
                var full = context.Environment.FullPath(named);
                if (!File.Exists(full))
                {
                    throw new CliException($"there is no file {named}");
                }
                var listen = new ListenConfig { Port = parsed.GetValue(port) ?? DefaultPort };
                return InspectRole.RunAsync(new InspectOptions(full, listen, parsed.GetValue(immutable)), context, stop);
            }
        );
        return command;
    }
}
